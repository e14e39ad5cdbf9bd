package io.tidewatch.yaml;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The reader of time zones: IANA names, in schedules and in the configuration.
 *
 * <p>{@code EST}, {@code MST} and {@code HST} are IANA names that not every JDK has. They are fixed offsets.
 */
public final class TimeZoneText {

    private static final Map<String, ZoneId> FIXED =
            Map.of("EST", behindUtc(5), "MST", behindUtc(7), "HST", behindUtc(10));

    private TimeZoneText() {}

    private static ZoneId behindUtc(int hours) {
        return ZoneId.ofOffset("UTC", ZoneOffset.ofHours(-hours));
    }

    public static Parsed<ZoneId> parse(String text) {
        ZoneId fixed = FIXED.get(text);
        if (fixed != null) {
            return Parsed.good(fixed);
        }
        return ZoneId.getAvailableZoneIds().contains(text)
                ? Parsed.good(ZoneId.of(text))
                : Parsed.bad("unknown-zone", "unknown time zone " + Quoted.of(text) + TimeZoneAdvice.on(text));
    }

    /** What to write instead of an unknown zone, as the rest of a message; the text, which may be a secret, is not in it. */
    public static String advice(String text) {
        return TimeZoneAdvice.on(text);
    }

    /** The warning about a known zone that is a fixed offset, although its name suggests daylight saving time. */
    public static Optional<String> warning(String text) {
        return Optional.ofNullable(FIXED.get(text))
                .map(zone -> text + " is " + zone + " all year, without daylight saving time; write "
                        + TimeZoneAdvice.either(TimeZoneAdvice.abbreviation(text))
                        + " unless the fixed offset is meant");
    }
}
