package io.tidewatch.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing that was tried for {@code run --check --connect}.
 *
 * @param part what kind of thing: cluster, permission, source, receiver, database, state
 * @param name which of them
 * @param message what was found, or what is wrong, in one line without secrets
 * @param took from the beginning of its own work
 */
public record Trial(String part, String name, Result result, String message, Duration took) {

    /** What came of it. */
    public enum Result {
        OK,
        FAILED,
        /** It could not be found out, and that is no reason not to start. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
