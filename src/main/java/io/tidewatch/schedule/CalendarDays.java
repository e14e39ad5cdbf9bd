package io.tidewatch.schedule;

import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Calendar.DateRange;
import io.tidewatch.model.definition.Calendar.IcsFile;
import io.tidewatch.model.definition.Calendar.IcsFile.Named;
import io.tidewatch.model.definition.Days;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A calendar's dates between 1970 and {@link Days#HORIZON}, as bits by days since 1970-01-01. */
record CalendarDays(Calendar calendar, BitSet days) {

    private static final int LONGEST = 200;

    static CalendarDays of(Calendar calendar) {
        BitSet days = calendar.ics().map(ics -> ics.days().bits()).orElseGet(BitSet::new);
        calendar.dates().forEach(range -> set(days, range));
        calendar.yearly().forEach(monthDay -> set(days, monthDay));
        return new CalendarDays(calendar, days);
    }

    boolean contains(LocalDate date) {
        return date.toEpochDay() >= 0 && days.get((int) date.toEpochDay());
    }

    /** The calendar and the events of a date, as {@code preview} shows them: {@code kr-holidays: Christmas}. */
    String describe(LocalDate date) {
        Set<String> names = new LinkedHashSet<>();
        for (Named event : calendar.ics().map(IcsFile::names).orElse(List.of())) {
            if (!date.isBefore(event.first()) && !date.isAfter(event.last())) {
                names.add(event.summary());
            }
        }
        String joined = String.join(", ", names);
        String called = joined.length() <= LONGEST ? joined : joined.substring(0, LONGEST - 1) + "…";
        return called.isEmpty() ? calendar.name() : calendar.name() + ": " + called;
    }

    private static void set(BitSet days, DateRange range) {
        long first = Math.max(0, range.from().toEpochDay());
        long last = Math.min(Days.HORIZON.toEpochDay() - 1, range.to().toEpochDay());
        if (first <= last) {
            days.set((int) first, (int) last + 1);
        }
    }

    /** 29 February only in years that have it. */
    private static void set(BitSet days, MonthDay monthDay) {
        for (int year = 1970; year < Days.HORIZON.getYear(); year++) {
            if (monthDay.isValidYear(year)) {
                days.set((int) monthDay.atYear(year).toEpochDay());
            }
        }
    }
}
