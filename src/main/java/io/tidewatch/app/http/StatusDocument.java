package io.tidewatch.app.http;

import io.tidewatch.model.Cause;
import io.tidewatch.model.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code status} for scripts; absent values are null. */
final class StatusDocument {

    private StatusDocument() {}

    static Map<String, @Nullable Object> of(Instant at, List<TargetStatus> targets) {
        List<Object> rows = new ArrayList<>();
        targets.forEach(status -> rows.add(row(at, status)));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("at", at.toString());
        document.put("targets", rows);
        return document;
    }

    private static Map<String, @Nullable Object> row(Instant at, TargetStatus status) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("target", status.target().toString());
        row.put("window", status.window().orElse(null));
        row.put("min", number(status.min()));
        row.put("wanted", number(status.wanted()));
        row.put("available", number(status.available()));
        row.put("replicas", number(status.replicas()));
        row.put("state", status.state().word());
        row.put("cause", status.cause().map(Cause::word).orElse(null));
        row.put("next", status.next().map(Instant::toString).orElse(null));
        row.put("since", status.since().toString());
        Duration age = Duration.between(status.since(), at).truncatedTo(ChronoUnit.SECONDS);
        row.put("age", (age.isNegative() ? Duration.ZERO : age).toString());
        row.put("message", status.message());
        return row;
    }

    private static @Nullable Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
