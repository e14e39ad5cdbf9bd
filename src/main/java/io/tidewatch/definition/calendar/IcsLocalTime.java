package io.tidewatch.definition.calendar;

import biweekly.ICalendar;
import biweekly.io.TimezoneAssignment;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.ICalProperty;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TimeZone;

/**
 * The wall clock that an event is written in. All is read off as written, never through the host's zone, by which the
 * calendar library makes instants of plain dates.
 *
 * @param zone absent for whole days, floating times and zones that nobody knows: those are taken as written
 */
@SuppressWarnings("JavaUtilDate") // the calendar library speaks in them
record IcsLocalTime(ICalendar calendar, DateStart property, Optional<TimeZone> zone) {

    static IcsLocalTime of(ICalendar calendar, DateStart start) {
        return new IcsLocalTime(calendar, start, zoneOf(calendar, start, start.getValue()));
    }

    boolean wholeDays() {
        return !property.getValue().hasTime();
    }

    LocalDateTime start() {
        return written(property.getValue());
    }

    /** Another time of the same event, in a zone of its own maybe. */
    LocalDateTime show(ICalProperty where, ICalDate date) {
        return zone.filter(z -> zoneOf(calendar, where, date).isPresent())
                .map(z -> shown(date.toInstant(), z))
                .orElseGet(() -> written(date));
    }

    Duration lengthUntil(DateEnd end) {
        boolean bothKnown =
                zone.isPresent() && zoneOf(calendar, end, end.getValue()).isPresent();
        return bothKnown
                ? Duration.between(
                        property.getValue().toInstant(), end.getValue().toInstant())
                : Duration.between(start(), written(end.getValue()));
    }

    /** What the wall shows so much later. */
    LocalDateTime after(LocalDateTime local, Duration length) {
        return zone.map(z -> shown(
                        local.toInstant(ZoneOffset.UTC)
                                .minusMillis(z.getOffset(
                                        local.toInstant(ZoneOffset.UTC).toEpochMilli() - z.getRawOffset()))
                                .plus(length),
                        z))
                .orElseGet(() -> local.plus(length));
    }

    static LocalDateTime written(ICalDate date) {
        DateTimeComponents raw = date.getRawComponents();
        LocalDateTime day = LocalDateTime.of(raw.getYear(), 1, 1, 0, 0)
                .plusMonths(raw.getMonth() - 1L)
                .plusDays(raw.getDate() - 1L);
        return raw.hasTime()
                ? day.plusHours(raw.getHour()).plusMinutes(raw.getMinute()).plusSeconds(raw.getSecond())
                : day;
    }

    private static LocalDateTime shown(Instant instant, TimeZone zone) {
        return LocalDateTime.ofInstant(instant.plusMillis(zone.getOffset(instant.toEpochMilli())), ZoneOffset.UTC);
    }

    private static Optional<TimeZone> zoneOf(ICalendar calendar, ICalProperty property, ICalDate date) {
        if (!date.hasTime()) {
            return Optional.empty();
        }
        if (date.getRawComponents().isUtc()) {
            return Optional.of(TimeZone.getTimeZone(ZoneOffset.UTC));
        }
        return Optional.ofNullable(calendar.getTimezoneInfo().getTimezone(property))
                .filter(assigned -> !calendar.getTimezoneInfo().isFloating(property))
                .map(TimezoneAssignment::getTimeZone);
    }
}
