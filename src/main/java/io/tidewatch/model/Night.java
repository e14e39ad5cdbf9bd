package io.tidewatch.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Nights as remedies count them: from noon to noon, so that a window across midnight lies in one night. */
public final class Night {

    private static final Duration NOON = Duration.ofHours(12);

    private Night() {}

    /** @return the local date at whose noon the night begins */
    public static LocalDate of(Instant now, ZoneId zone) {
        return now.atZone(zone).toLocalDateTime().minus(NOON).toLocalDate();
    }
}
