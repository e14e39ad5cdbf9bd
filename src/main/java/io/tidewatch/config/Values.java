package io.tidewatch.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and numbers as people write them. */
public final class Values {

    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MiB|GiB)");

    private Values() {}

    /** {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 90d} or ISO {@code PT5M}; a second at least. */
    public static Optional<Duration> duration(String text) {
        Optional<Duration> duration = text.startsWith("P") ? iso(text) : brief(text);
        return duration.filter(d -> d.compareTo(Duration.ofSeconds(1)) >= 0);
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

    private static Optional<Duration> brief(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(part(matcher, 1))
                .plusHours(part(matcher, 2))
                .plusMinutes(part(matcher, 3))
                .plusSeconds(part(matcher, 4)));
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
