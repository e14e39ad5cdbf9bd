package io.tidewatch.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as people read them, in one zone. */
public record Clocks(ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);

    /** The one that needs no name of a place. */
    public static final Clocks UTC = new Clocks(ZoneOffset.UTC);

    public String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** To the second where it is not a whole minute. */
    public String exact(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return (local.getSecond() == 0 ? TIME : SECONDS).format(local);
    }

    /** The same with the day, where that is an earlier one than today. */
    public String exact(Instant past, Instant now) {
        return past.atZone(zone).toLocalDate().isBefore(now.atZone(zone).toLocalDate())
                ? day(past) + " " + exact(past)
                : exact(past);
    }

    public String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    public String dayAndTime(Instant at) {
        return DAY_AND_TIME.format(at.atZone(zone));
    }

    /** {@code UTC}, or the name of the place. */
    public String name() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
