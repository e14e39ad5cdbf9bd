package io.tidewatch.cli;

import java.time.Duration;

/** Lengths in a narrow column: {@code 45s}, {@code 7m10s}, {@code 1h1m}, {@code 2d3h}; what is negative is none. */
final class Ages {

    private Ages() {}

    static String of(Duration length) {
        Duration positive = length.isNegative() ? Duration.ZERO : length;
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

    private static String part(int number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
