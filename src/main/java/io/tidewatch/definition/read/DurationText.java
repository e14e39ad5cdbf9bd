package io.tidewatch.definition.read;

import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Quoted;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: Go's {@code 3h30m} or ISO's {@code PT3H30M}; never negative, and no longer than a year,
 * so that an instant and a duration always add up to an instant.
 */
public final class DurationText {

    private static final String RIGHT = "write it as 3h30m, 90s or PT3H30M";
    private static final String CODE = "wrong-duration";
    private static final Pattern GO_PART = Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern DAYS = Pattern.compile("[0-9]{1,20}[dDwW].*");
    private static final int LONGEST_TEXT = 100;
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private static final Duration LONGEST = Duration.ofDays(366);

    private DurationText() {}

    /** From zero to a year. */
    public static Parsed<Duration> parse(String text) {
        return upTo(LONGEST, text);
    }

    /** From zero to the longest that makes sense here. */
    static Parsed<Duration> upTo(Duration longest, String text) {
        Parsed<Duration> parsed = ofAnyLength(text);
        return parsed.value().filter(length -> length.compareTo(longest) > 0).isPresent()
                ? Parsed.bad(CODE, Quoted.of(text) + " is too long; the most is " + longest.toHours() + "h")
                : parsed;
    }

    private static Parsed<Duration> ofAnyLength(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + RIGHT);
        }
        try {
            if (text.equals("0")) {
                return Parsed.good(Duration.ZERO);
            }
            Optional<Duration> go = go(text);
            if (go.isPresent()) {
                return Parsed.good(go.get());
            }
            if (text.startsWith("P")) {
                Duration duration = Duration.parse(text);
                return duration.isNegative() ? negative(text) : Parsed.good(duration);
            }
        } catch (DateTimeException | ArithmeticException e) {
            return Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + RIGHT);
        }
        if (text.startsWith("-")) {
            return negative(text);
        }
        String days = DAYS.matcher(text).matches() ? " (a day is 24h)" : "";
        return Parsed.bad(CODE, Quoted.of(text) + " is not a duration; " + RIGHT + days);
    }

    /** Any duration that lasts. */
    public static Parsed<Duration> parsePositive(String text) {
        Parsed<Duration> parsed = parse(text);
        return parsed.value().filter(Duration::isZero).isPresent()
                ? Parsed.bad(CODE, Quoted.of(text) + " is no time at all; " + RIGHT)
                : parsed;
    }

    private static Parsed<Duration> negative(String text) {
        return Parsed.bad(CODE, Quoted.of(text) + " is negative; " + RIGHT);
    }

    /** Absent where the text is not written in Go's way from its beginning to its end. */
    private static Optional<Duration> go(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = GO_PART.matcher(text);
        int read = 0;
        while (read < text.length() && part.region(read, text.length()).lookingAt()) {
            long unit = NANOS.getOrDefault(part.group(2), 0L);
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            read = part.end();
        }
        return read == 0 || read < text.length()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.toBigInteger().longValueExact()));
    }
}
