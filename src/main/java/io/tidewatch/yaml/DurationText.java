package io.tidewatch.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one reader of durations: numbers with units ({@code 3h30m}, {@code 1.5h}, {@code 90d}) or ISO 8601
 * ({@code PT3H30M}). A day is 24 hours. A duration is never negative.
 */
public final class DurationText {

    private static final String RIGHT = "write it as 3h30m, 90s, 2d or PT3H30M";
    private static final String CODE = "wrong-duration";
    private static final Pattern PART = Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(ns|us|µs|ms|s|m|h|d)");
    /** Hours and minutes as people write them. */
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,3}):([0-9]{2})(?::00)?");

    private static final Map<Pattern, String> WORDS = Map.of(
            Pattern.compile("(?<=[0-9])(?:hours?|hrs?)"), "h",
            Pattern.compile("(?<=[0-9])(?:minutes?|mins?)"), "m",
            Pattern.compile("(?<=[0-9])(?:seconds?|secs?)"), "s",
            Pattern.compile("(?<=[0-9])days?"), "d");

    private static final int LONGEST_TEXT = 100;
    private static final BigDecimal NANOS_IN_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    /** Any instant plus this duration is a valid instant. */
    private static final Duration YEAR = Duration.ofDays(366);

    private DurationText() {}

    /** From zero to a year. */
    public static Parsed<Duration> parse(String text) {
        return upTo(YEAR, text);
    }

    /** From zero to the given longest. */
    public static Parsed<Duration> upTo(Duration longest, String text) {
        Parsed<Duration> parsed = ofAnyLength(text);
        return parsed.value().filter(length -> length.compareTo(longest) > 0).isPresent()
                ? Parsed.bad(CODE, Quoted.of(text) + " is too long; the maximum is " + longest.toHours() + "h")
                : parsed;
    }

    /** Longer than zero, and a year at most. */
    public static Parsed<Duration> parsePositive(String text) {
        Parsed<Duration> parsed = parse(text);
        return parsed.value().filter(Duration::isZero).isPresent()
                ? Parsed.bad(CODE, Quoted.of(text) + " is zero; " + RIGHT)
                : parsed;
    }

    /** From zero to the longest {@link Duration}. */
    public static Parsed<Duration> ofAnyLength(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + RIGHT);
        }
        try {
            if (text.equals("0")) {
                return Parsed.good(Duration.ZERO);
            }
            Optional<Duration> parts = parts(text);
            if (parts.isPresent()) {
                return Parsed.good(parts.get());
            }
            if (text.startsWith("P")) {
                Duration duration = Duration.parse(text);
                return duration.isNegative() ? negative(text) : Parsed.good(duration);
            }
        } catch (DateTimeException | ArithmeticException e) {
            return Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + RIGHT);
        }
        return text.startsWith("-")
                ? negative(text)
                : Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + right(text));
    }

    /** What to write for a duration as people write it: {@code 3:30}, {@code 10 min}, {@code 90}. */
    private static String right(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return "write " + Integer.parseInt(clock.group(1)) + "h" + Integer.parseInt(clock.group(2)) + "m";
        }
        if (text.matches("[0-9]{1,9}")) {
            return "write " + text + "s, " + text + "m or " + text + "h";
        }
        String units = text.toLowerCase(Locale.ROOT).replace(" ", "");
        for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
            units = word.getKey().matcher(units).replaceAll(word.getValue());
        }
        return parts(units).isPresent() ? "write " + units : RIGHT;
    }

    private static Parsed<Duration> negative(String text) {
        return Parsed.bad(CODE, Quoted.of(text) + " is negative; " + RIGHT);
    }

    /** Absent where the text is not made of numbers with units from its beginning to its end. */
    private static Optional<Duration> parts(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int read = 0;
        while (read < text.length() && part.region(read, text.length()).lookingAt()) {
            long unit = NANOS.getOrDefault(part.group(2), 0L);
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            read = part.end();
        }
        if (read == 0 || read < text.length()) {
            return Optional.empty();
        }
        BigDecimal[] seconds = nanos.setScale(0, RoundingMode.DOWN).divideAndRemainder(NANOS_IN_SECOND);
        return Optional.of(Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValueExact()));
    }
}
