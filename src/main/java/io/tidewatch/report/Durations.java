package io.tidewatch.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Durations as a tired person reads them: {@code 0.1 s}, {@code 31 s}, {@code 7 min}, {@code 2 h 5 min}. */
public final class Durations {

    private static final Duration EXACT = Duration.ofSeconds(10);
    private static final Duration IN_SECONDS = Duration.ofMinutes(2);
    private static final Duration IN_MINUTES = Duration.ofHours(1);

    private Durations() {}

    public static String words(Duration length) {
        Duration positive = length.isNegative() ? Duration.ZERO : length;
        if (positive.compareTo(EXACT) < 0) {
            long tenths = Math.round(positive.toMillis() / 100.0);
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (positive.compareTo(IN_SECONDS) < 0) {
            return positive.toSeconds() + " s";
        }
        if (positive.compareTo(IN_MINUTES) < 0) {
            return positive.toMinutes() + " min" + rest(positive.toSecondsPart(), " s");
        }
        return positive.toHours() + " h" + rest(positive.toMinutesPart(), " min");
    }

    static String between(Optional<Instant> from, Instant to) {
        return words(Duration.between(from.orElse(to), to));
    }

    private static String rest(int part, String unit) {
        return part == 0 ? "" : " " + part + unit;
    }
}
