package io.tidewatch.playground.api;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Times as metadata carries them: RFC 3339, UTC, whole seconds. */
final class Timestamps {

    private Timestamps() {}

    static String seconds(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
