package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** When the pods of a raise were ready, against the start of its window: {@code 22:27:40 (-2m20s)}. */
final class ReadyAt {

    private ReadyAt() {}

    /**
     * @param row has {@code start}, if it is a raise of a window
     * @param field of the row with the instant
     * @param time has the zone in which it is shown
     */
    static String of(JsonNode row, String field, DateTimeFormatter time) {
        if (!row.hasNonNull("start") || !row.hasNonNull(field)) {
            return "-";
        }
        Instant ready = Instant.parse(row.path(field).asText());
        Instant start = Instant.parse(row.path("start").asText());
        String away = ready.isAfter(start)
                ? "+" + Durations.compact(Duration.between(start, ready))
                : "-" + Durations.compact(Duration.between(ready, start));
        return time.format(ready) + " (" + away + ")";
    }
}
