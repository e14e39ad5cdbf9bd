package io.tidewatch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one writer of durations for people, in two styles of words and one for narrow columns. A negative duration is
 * written as zero.
 */
public final class Durations {

    private static final Duration TENTHS = Duration.ofSeconds(10);
    private static final Duration SECONDS = Duration.ofMinutes(2);
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private Durations() {}

    /** As measured: {@code 0.1 s}, {@code 31 s}, {@code 7 min 10 s}, {@code 2 h 5 min}. */
    public static String words(Duration length) {
        Duration positive = positive(length);
        if (positive.compareTo(TENTHS) < 0) {
            long tenths = Math.round(positive.toMillis() / 100.0);
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (positive.compareTo(SECONDS) < 0) {
            return positive.toSeconds() + " s";
        }
        return positive.toHours() == 0
                ? positive.toMinutes() + " min" + rest(positive.toSecondsPart(), " s")
                : positive.toHours() + " h" + rest(positive.toMinutesPart(), " min");
    }

    /** The words for the time between two instants; no time where the first is unknown. */
    public static String between(Optional<Instant> from, Instant to) {
        return words(Duration.between(from.orElse(to), to));
    }

    /** As people speak: {@code 31 s}, {@code 7 min}, {@code 2 h 5 min}, {@code 3 days 2 h}. */
    public static String roughly(Duration length) {
        Duration rounded = positive(length).plus(HALF_A_SECOND);
        if (rounded.compareTo(SECONDS) < 0) {
            return rounded.toSeconds() + " s";
        }
        if (rounded.toHours() == 0) {
            return rounded.toMinutes() + " min";
        }
        return rounded.toDays() == 0
                ? rounded.toHours() + " h" + rest(rounded.toMinutesPart(), " min")
                : rounded.toDays() + (rounded.toDays() == 1 ? " day" : " days") + rest(rounded.toHoursPart(), " h");
    }

    /** For a narrow column: {@code 45s}, {@code 7m10s}, {@code 1h1m}, {@code 2d3h}. */
    public static String compact(Duration length) {
        Duration positive = positive(length);
        if (positive.toDays() > 0) {
            return positive.toDays() + "d" + part(positive.toHoursPart(), "h");
        }
        if (positive.toHours() > 0) {
            return positive.toHours() + "h" + part(positive.toMinutesPart(), "m");
        }
        return positive.toMinutes() > 0
                ? positive.toMinutes() + "m" + part(positive.toSecondsPart(), "s")
                : positive.toSeconds() + "s";
    }

    private static Duration positive(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }

    private static String rest(int number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    private static String part(int number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
