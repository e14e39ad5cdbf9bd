package io.tidewatch.schedule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.util.Duration;
import biweekly.util.ICalDate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiConsumer;

/**
 * The dates that the events of an iCalendar text touch, on the wall clock that each event is written in: a UTC time
 * counts for its UTC date. Recurrences with their exceptions and moved instances are followed up to
 * {@link OpenDays#HORIZON}; cancelled events touch nothing.
 */
@SuppressWarnings("JavaUtilDate") // the calendar library speaks in them
final class IcsEvents {

    private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);
    /** A rule that recurs every second would never be done; this is one instance a day for 270 years. */
    private static final int MOST_INSTANCES = 100_000;

    private final ICalendar calendar;

    private IcsEvents(ICalendar calendar) {
        this.calendar = calendar;
    }

    /** Each date with the event's summary; a text that is no calendar has none. */
    static void forEachDate(String text, BiConsumer<LocalDate, String> date) {
        for (ICalendar calendar : Biweekly.parse(text).defaultTimezone(UTC).all()) {
            IcsEvents events = new IcsEvents(calendar);
            calendar.getEvents().forEach(event -> events.touch(event, date));
        }
    }

    private void touch(VEvent event, BiConsumer<LocalDate, String> date) {
        if (event.getDateStart() == null
                || (event.getStatus() != null && event.getStatus().isCancelled())) {
            return;
        }
        TimeZone zone = zone(event.getDateStart());
        Set<Instant> moved = event.getRecurrenceId() == null ? movedInstances(event) : Set.of();
        String summary = event.getSummary() == null ? "" : event.getSummary().getValue();
        java.time.Duration length = length(event);
        Iterator<Date> starts = event.getDateIterator(zone);
        for (int i = 0; i < MOST_INSTANCES && starts.hasNext(); i++) {
            Date start = starts.next();
            if (!start.toInstant().isBefore(horizon())) {
                return;
            }
            if (!moved.contains(start.toInstant())) {
                touch(start.toInstant(), length, zone.toZoneId(), summary, date);
            }
        }
    }

    private static void touch(
            Instant start, java.time.Duration length, ZoneId zone, String summary, BiConsumer<LocalDate, String> date) {
        LocalDate first = start.atZone(zone).toLocalDate();
        Instant last = length.isZero() ? start : start.plus(length).minusNanos(1);
        LocalDate end = last.atZone(zone).toLocalDate();
        first.datesUntil(end.plusDays(1)).forEach(day -> date.accept(day, summary));
    }

    /** Instances that another event of the same uid replaces by its RECURRENCE-ID. */
    private Set<Instant> movedInstances(VEvent event) {
        Set<Instant> moved = new HashSet<>();
        for (VEvent other : calendar.getEvents()) {
            if (other.getRecurrenceId() != null
                    && event.getUid() != null
                    && event.getUid().equals(other.getUid())) {
                moved.add(
                        Instant.ofEpochMilli(other.getRecurrenceId().getValue().getTime()));
            }
        }
        return moved;
    }

    /** DTEND does not belong to the event; without an end a date lasts a day and a time an instant. */
    private static java.time.Duration length(VEvent event) {
        ICalDate start = event.getDateStart().getValue();
        Optional<Date> end = Optional.ofNullable(event.getDateEnd()).map(property -> property.getValue());
        if (end.isPresent()) {
            java.time.Duration length =
                    java.time.Duration.between(start.toInstant(), end.get().toInstant());
            return length.isNegative() ? java.time.Duration.ZERO : length;
        }
        if (event.getDuration() != null) {
            Duration written = event.getDuration().getValue();
            return java.time.Duration.ofMillis(Math.max(0, written.toMillis()));
        }
        return start.hasTime() ? java.time.Duration.ZERO : java.time.Duration.of(1, ChronoUnit.DAYS);
    }

    private TimeZone zone(DateOrDateTimeProperty property) {
        if (!property.getValue().hasTime() || calendar.getTimezoneInfo().isFloating(property)) {
            return UTC;
        }
        return Optional.ofNullable(calendar.getTimezoneInfo().getTimezone(property))
                .map(assigned -> assigned.getTimeZone())
                .orElse(UTC);
    }

    private static Instant horizon() {
        return OpenDays.HORIZON.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
