package io.tidewatch.schedule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.util.ICalDate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

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

    /** Nor would one that recurs daily and lasts for centuries. */
    private static final int MOST_DATES = 200_000;

    private static final Duration ONE_DAY = Duration.ofDays(1);

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
        Span span = span(event, zone.toZoneId());
        Iterator<Date> starts = event.getDateIterator(zone);
        int touched = 0;
        for (int i = 0; i < MOST_INSTANCES && touched < MOST_DATES && starts.hasNext(); i++) {
            Instant start = starts.next().toInstant();
            if (!start.isBefore(horizon())) {
                return;
            }
            if (!moved.contains(start)) {
                List<LocalDate> days = span.datesFrom(start).toList();
                days.forEach(day -> date.accept(day, summary));
                touched += days.size();
            }
        }
    }

    /** Which dates an instance touches, given when it starts. */
    private interface Span {
        Stream<LocalDate> datesFrom(Instant start);
    }

    /** DTEND does not belong to the event; without an end a date lasts a day and a time an instant. */
    private static Span span(VEvent event, ZoneId zone) {
        ICalDate start = event.getDateStart().getValue();
        Optional<Instant> end = Optional.ofNullable(event.getDateEnd())
                .map(property -> property.getValue().toInstant());
        if (!start.hasTime()) {
            long days = end.map(e -> ChronoUnit.DAYS.between(date(start.toInstant(), zone), date(e, zone)))
                    .orElseGet(() -> written(event).orElse(ONE_DAY).toDays());
            return from -> date(from, zone).datesUntil(upTo(date(from, zone).plusDays(Math.max(1, days))));
        }
        Duration length = end.map(e -> Duration.between(start.toInstant(), e))
                .or(() -> written(event))
                .filter(l -> !l.isNegative())
                .orElse(Duration.ZERO);
        return from -> {
            Instant last = length.isZero() ? from : from.plus(length).minusNanos(1);
            return date(from, zone).datesUntil(upTo(date(last, zone).plusDays(1)));
        };
    }

    private static Optional<Duration> written(VEvent event) {
        return Optional.ofNullable(event.getDuration())
                .map(property -> Duration.ofMillis(property.getValue().toMillis()));
    }

    private static LocalDate date(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate();
    }

    /** Beyond the horizon no date counts, so none is listed. */
    private static LocalDate upTo(LocalDate end) {
        return end.isAfter(OpenDays.HORIZON) ? OpenDays.HORIZON : end;
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

    /** The library makes an instant of a plain date by the host's zone, and so must be asked in it. */
    private TimeZone zone(DateOrDateTimeProperty property) {
        if (!property.getValue().hasTime()) {
            return TimeZone.getDefault();
        }
        if (calendar.getTimezoneInfo().isFloating(property)) {
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
