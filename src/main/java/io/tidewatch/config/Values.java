package io.tidewatch.config;

import io.tidewatch.yaml.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations, numbers and sizes. */
public final class Values {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MiB|GiB)");

    private Values() {}

    /** A duration as {@link DurationText} reads it, of one second at least. */
    public static Optional<Duration> duration(String text) {
        return DurationText.ofAnyLength(text).value().filter(duration -> duration.compareTo(SHORTEST) >= 0);
    }

    /** {@code 08:00} or {@code 08:00:30}. */
    static Optional<LocalTime> timeOfDay(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code true} or {@code false}. */
    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A whole number within the bounds, both included. */
    static Optional<Integer> number(String text, int least, int most) {
        if (!text.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? Optional.empty() : Optional.of(number);
    }

    /** {@code 256MiB} or {@code 2GiB}, in bytes, within the bounds, both included. */
    static Optional<Long> size(String text, long least, long most) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long size = Long.parseLong(matcher.group(1)) << ("GiB".equals(matcher.group(2)) ? 30 : 20);
        return size < least || size > most ? Optional.empty() : Optional.of(size);
    }
}
