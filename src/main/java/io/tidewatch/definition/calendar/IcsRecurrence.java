package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.definition.calendar.IcsRule.Frequency;
import io.tidewatch.definition.calendar.IcsRule.WeekDay;
import io.tidewatch.model.definition.Days;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Follows a rule on the wall clock of its event, period by period, as the table of RFC 5545, 3.3.10 says which parts add days
 * and which parts take days away.
 */
final class IcsRecurrence {

    private static final int DAYS_OF_FIRST_WEEK = 4;

    private final IcsRule rule;
    private final LocalDateTime start;
    private final LocalDateTime last;
    private final IcsMeter meter;
    private final List<LocalTime> times;

    /**
     * @param start the first time that may occur
     * @param last the last time that may occur
     */
    IcsRecurrence(IcsRule rule, LocalDateTime start, LocalDateTime last, IcsMeter meter) {
        this.rule = rule;
        this.start = start;
        this.last = last;
        this.meter = meter;
        this.times = times();
    }

    /** Each occurrence before the horizon, in order. */
    void forEach(Occurrence use) throws TooMuch {
        int left = rule.count().orElse(Integer.MAX_VALUE);
        for (long step = 0; ; step += rule.interval()) {
            LocalDate period = period(step);
            if (!period.isBefore(Days.HORIZON) || period.isAfter(last.toLocalDate())) {
                return;
            }
            for (LocalDate day : chosen(days(period))) {
                for (LocalTime time : times) {
                    LocalDateTime at = day.atTime(time);
                    if (at.isBefore(start)) {
                        continue;
                    }
                    if (at.isAfter(last) || !day.isBefore(Days.HORIZON) || left == 0) {
                        return;
                    }
                    left--;
                    use.at(at);
                }
            }
            if (left == 0) {
                return;
            }
        }
    }

    /** What is done with an occurrence. */
    interface Occurrence {
        void at(LocalDateTime start) throws TooMuch;
    }

    /** The first day of the period so many periods after that of the start. */
    private LocalDate period(long step) {
        LocalDate first = start.toLocalDate();
        return switch (rule.frequency()) {
            case DAILY -> first.plusDays(step);
            case WEEKLY ->
                first.with(TemporalAdjusters.previousOrSame(rule.weekStart())).plusWeeks(step);
            case MONTHLY -> first.withDayOfMonth(1).plusMonths(step);
            case YEARLY -> first.withDayOfYear(1).plusYears(step);
        };
    }

    private List<LocalDate> days(LocalDate period) throws TooMuch {
        List<LocalDate> days = new ArrayList<>();
        switch (rule.frequency()) {
            case DAILY -> add(days, period, 1);
            case WEEKLY -> add(days, period, 7);
            case MONTHLY -> add(days, YearMonth.from(period));
            case YEARLY -> {
                boolean byMonth = rule.has("BYMONTH");
                boolean allMonths = rule.has("BYMONTHDAY") || !rule.days().isEmpty();
                if (rule.has("BYYEARDAY") || rule.has("BYWEEKNO") || (allMonths && !byMonth)) {
                    add(days, period, period.lengthOfYear());
                } else {
                    for (int month : byMonth ? new TreeSet<>(rule.by("BYMONTH")) : List.of(start.getMonthValue())) {
                        add(days, YearMonth.of(period.getYear(), month));
                    }
                }
            }
        }
        return days;
    }

    private void add(List<LocalDate> days, YearMonth month) throws TooMuch {
        int day = start.getDayOfMonth();
        if (rule.has("BYMONTHDAY") || !rule.days().isEmpty()) {
            add(days, month.atDay(1), month.lengthOfMonth());
        } else if (day <= month.lengthOfMonth()) {
            add(days, month.atDay(day), 1);
        } else {
            meter.examined(1);
        }
    }

    private void add(List<LocalDate> days, LocalDate first, int number) throws TooMuch {
        meter.examined(number);
        for (int i = 0; i < number; i++) {
            LocalDate day = first.plusDays(i);
            if (matches(day)) {
                days.add(day);
            }
        }
    }

    private boolean matches(LocalDate day) {
        return (!rule.has("BYMONTH") || rule.by("BYMONTH").contains(day.getMonthValue()))
                && isAmong("BYMONTHDAY", day.getDayOfMonth(), day.lengthOfMonth())
                && isAmong("BYYEARDAY", day.getDayOfYear(), day.lengthOfYear())
                && isInWeek(day)
                && isWeekday(day);
    }

    /** Of values that count from the start, or from the end if they are negative. */
    private boolean isAmong(String part, int value, int last) {
        return !rule.has(part) || rule.by(part).contains(value) || rule.by(part).contains(value - last - 1);
    }

    private boolean isInWeek(LocalDate day) {
        if (!rule.has("BYWEEKNO")) {
            return true;
        }
        var week = WeekFields.of(rule.weekStart(), DAYS_OF_FIRST_WEEK).weekOfWeekBasedYear();
        return isAmong("BYWEEKNO", day.get(week), (int) day.range(week).getMaximum());
    }

    private boolean isWeekday(LocalDate day) {
        if (rule.days().isEmpty()) {
            return rule.frequency() != Frequency.WEEKLY || day.getDayOfWeek() == start.getDayOfWeek();
        }
        for (WeekDay weekDay : rule.days()) {
            if (weekDay.day() == day.getDayOfWeek()
                    && (weekDay.number() == 0 || numbers(day).contains(weekDay.number()))) {
                return true;
            }
        }
        return false;
    }

    /** Which of its weekdays a day is in its month or year, from the start and from the end. */
    private List<Integer> numbers(LocalDate day) {
        boolean inMonth = rule.frequency() == Frequency.MONTHLY || rule.has("BYMONTH");
        int at = day.get(inMonth ? ChronoField.DAY_OF_MONTH : ChronoField.DAY_OF_YEAR);
        int length = inMonth ? day.lengthOfMonth() : day.lengthOfYear();
        return List.of((at - 1) / 7 + 1, -((length - at) / 7 + 1));
    }

    private List<LocalDate> chosen(List<LocalDate> days) {
        if (!rule.has("BYSETPOS")) {
            return days;
        }
        List<LocalDate> chosen = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            if (isAmong("BYSETPOS", i + 1, days.size())) {
                chosen.add(days.get(i));
            }
        }
        return chosen;
    }

    private List<LocalTime> times() {
        TreeSet<LocalTime> all = new TreeSet<>();
        for (int hour : written("BYHOUR", start.getHour())) {
            for (int minute : written("BYMINUTE", start.getMinute())) {
                for (int second : written("BYSECOND", start.getSecond())) {
                    all.add(LocalTime.of(hour, minute, second));
                }
            }
        }
        return List.copyOf(all);
    }

    private List<Integer> written(String part, int otherwise) {
        return rule.has(part) ? rule.by(part) : List.of(otherwise);
    }
}
