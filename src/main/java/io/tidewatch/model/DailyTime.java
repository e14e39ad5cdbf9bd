package io.tidewatch.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A time of day at which something is done once a day, also on days of 23 or 25 hours. A time that a day skips is as much later. */
public record DailyTime(LocalTime at, ZoneId zone) {

    /** The instant on a day. */
    public Instant on(LocalDate day) {
        return day.atTime(at).atZone(zone).toInstant();
    }

    /** The latest day whose time has come at this instant. */
    public LocalDate latest(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return on(today).isAfter(now) ? today.minusDays(1) : today;
    }
}
