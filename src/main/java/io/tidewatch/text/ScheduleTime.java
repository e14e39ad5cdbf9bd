package io.tidewatch.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** An instant as a schedule's own clock shows it. */
final class ScheduleTime {

    private ScheduleTime() {}

    /** To the second, with the date and the offset: {@code 2026-11-23T02:00+09:00}. */
    static String of(Instant instant, ZoneId zone) {
        return instant.truncatedTo(ChronoUnit.SECONDS)
                .atZone(zone)
                .toOffsetDateTime()
                .toString();
    }
}
