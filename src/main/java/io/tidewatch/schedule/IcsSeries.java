package io.tidewatch.schedule;

import biweekly.component.VEvent;
import biweekly.property.ExceptionDates;
import biweekly.property.ExceptionRule;
import biweekly.property.ICalProperty;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceId;
import biweekly.property.RecurrenceProperty;
import biweekly.property.RecurrenceRule;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * When an event starts: its own start and further dates, its rules, without what is excepted or replaced. Rules are
 * followed on the wall, as if it stood in UTC, so that neither the host's zone nor a change of the clocks moves a date.
 */
@SuppressWarnings("JavaUtilDate") // the calendar library speaks in them
final class IcsSeries {

    private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);
    /** A rule that recurs every second would never be done; this is one instance a day for 270 years. */
    private static final int MOST_INSTANCES = 100_000;

    private final VEvent event;
    private final IcsWall wall;
    private final Set<LocalDateTime> left = new HashSet<>();
    /** An exception without a time takes its whole day away. */
    private final Set<LocalDate> leftDays = new HashSet<>();

    IcsSeries(VEvent event, IcsWall wall, List<VEvent> replacing) {
        this.event = event;
        this.wall = wall;
        for (ExceptionDates exceptions : event.getExceptionDates()) {
            exceptions.getValues().forEach(date -> leave(exceptions, date));
        }
        for (VEvent other : replacing) {
            RecurrenceId replaced = other.getRecurrenceId();
            if (replaced != null && replaced.getValue() != null) {
                leave(replaced, replaced.getValue());
            }
        }
        event.getProperties(ExceptionRule.class).forEach(rule -> by(rule).forEach(left::add));
    }

    Iterator<LocalDateTime> starts() {
        Stream<LocalDateTime> starts = event.getProperties(RecurrenceRule.class).isEmpty()
                ? Stream.of(wall.start())
                : event.getProperties(RecurrenceRule.class).stream().flatMap(this::by);
        return Stream.concat(starts, further())
                .filter(start -> start.toLocalDate().isBefore(OpenDays.HORIZON))
                .filter(start -> !left.contains(start) && !leftDays.contains(start.toLocalDate()))
                .iterator();
    }

    private void leave(ICalProperty where, ICalDate date) {
        if (date.hasTime() && !wall.wholeDays()) {
            left.add(wall.show(where, date));
        } else {
            leftDays.add(IcsWall.written(date).toLocalDate());
        }
    }

    private Stream<LocalDateTime> further() {
        return event.getProperties(RecurrenceDates.class).stream().flatMap(this::further);
    }

    private Stream<LocalDateTime> further(RecurrenceDates dates) {
        return Stream.concat(
                        dates.getDates().stream(), dates.getPeriods().stream().map(period -> period.getStartDate()))
                .map(date -> wall.show(dates, date));
    }

    private Stream<LocalDateTime> by(RecurrenceProperty property) {
        if (property.getValue() == null) {
            return Stream.empty();
        }
        Recurrence rule = until(property);
        Date first = Date.from(wall.start().toInstant(ZoneOffset.UTC));
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(rule.getDateIterator(first, UTC), Spliterator.ORDERED),
                        false)
                .limit(MOST_INSTANCES)
                .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC))
                .takeWhile(start -> start.toLocalDate().isBefore(OpenDays.HORIZON));
    }

    /** The rule with its end on the wall; a day belongs to it as a whole. */
    private Recurrence until(RecurrenceProperty property) {
        Recurrence rule = property.getValue();
        ICalDate until = rule.getUntil();
        if (until == null) {
            return rule;
        }
        LocalDateTime last = until.hasTime() && !wall.wholeDays()
                ? wall.show(property, until)
                : IcsWall.written(until).toLocalDate().atTime(LocalTime.of(23, 59, 59));
        return new Recurrence.Builder(rule)
                .until(Date.from(last.toInstant(ZoneOffset.UTC)), true)
                .build();
    }
}
