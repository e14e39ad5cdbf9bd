package io.tidewatch.definition.calendar;

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
import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.model.definition.Days;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * When an event starts: its own start and further dates, its rules, without what is excepted or replaced. Rules are
 * followed on the wall, as if it stood in UTC, so that neither the host's zone nor a change of the clocks moves a date.
 */
@SuppressWarnings("JavaUtilDate") // the calendar library speaks in them
final class IcsSeries {

    private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);
    /** The library searches a hundred years for the next occurrence of a rule. */
    private static final long LIBRARY_GIVES_UP_AFTER_DAYS = 36_600;

    private final VEvent event;
    private final IcsLocalTime wall;
    private final IcsMeter meter;
    private final Set<LocalDateTime> left = new HashSet<>();
    /** An exception without a time takes its whole day away. */
    private final Set<LocalDate> leftDays = new HashSet<>();

    IcsSeries(VEvent event, IcsLocalTime wall, List<VEvent> replacing, IcsMeter meter) throws TooMuch {
        this.event = event;
        this.wall = wall;
        this.meter = meter;
        for (ExceptionDates exceptions : event.getExceptionDates()) {
            for (ICalDate date : exceptions.getValues()) {
                meter.looked(1);
                leave(exceptions, date);
            }
        }
        for (VEvent other : replacing) {
            meter.looked(1);
            RecurrenceId replaced = other.getRecurrenceId();
            if (replaced != null && replaced.getValue() != null) {
                leave(replaced, replaced.getValue());
            }
        }
        for (ExceptionRule rule : event.getProperties(ExceptionRule.class)) {
            follow(rule, left::add);
        }
    }

    /** Each start before the horizon that is neither excepted nor replaced. */
    void forEachStart(Consumer<LocalDateTime> use) throws TooMuch {
        Consumer<LocalDateTime> counting = start -> {
            if (start.toLocalDate().isBefore(Days.HORIZON)
                    && !left.contains(start)
                    && !leftDays.contains(start.toLocalDate())) {
                use.accept(start);
            }
        };
        List<RecurrenceRule> rules = event.getProperties(RecurrenceRule.class);
        if (rules.isEmpty()) {
            meter.occurrence();
            counting.accept(wall.start());
        }
        for (RecurrenceRule rule : rules) {
            follow(rule, counting);
        }
        for (RecurrenceDates dates : event.getProperties(RecurrenceDates.class)) {
            for (ICalDate date : further(dates)) {
                meter.occurrence();
                counting.accept(wall.show(dates, date));
            }
        }
    }

    private void leave(ICalProperty where, ICalDate date) {
        if (date.hasTime() && !wall.wholeDays()) {
            left.add(wall.show(where, date));
        } else {
            leftDays.add(IcsLocalTime.written(date).toLocalDate());
        }
    }

    private static List<ICalDate> further(RecurrenceDates dates) {
        return Stream.concat(
                        dates.getDates().stream(), dates.getPeriods().stream().map(period -> period.getStartDate()))
                .toList();
    }

    private void follow(RecurrenceProperty property, Consumer<LocalDateTime> use) throws TooMuch {
        if (property.getValue() == null) {
            return;
        }
        Recurrence rule = until(property);
        long costOfADay = IcsRules.costOfADay(rule);
        Iterator<Date> dates = rule.getDateIterator(Date.from(wall.start().toInstant(ZoneOffset.UTC)), UTC);
        LocalDateTime before = wall.start();
        while (true) {
            if (!dates.hasNext()) {
                meter.looked(LIBRARY_GIVES_UP_AFTER_DAYS * costOfADay);
                return;
            }
            LocalDateTime start = LocalDateTime.ofInstant(dates.next().toInstant(), ZoneOffset.UTC);
            if (!start.toLocalDate().isBefore(Days.HORIZON)) {
                return;
            }
            meter.occurrence();
            meter.looked(ChronoUnit.DAYS.between(before, start) * costOfADay);
            use.accept(start);
            before = start;
        }
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
                : IcsLocalTime.written(until).toLocalDate().atTime(LocalTime.of(23, 59, 59));
        return new Recurrence.Builder(rule)
                .until(Date.from(last.toInstant(ZoneOffset.UTC)), true)
                .build();
    }
}
