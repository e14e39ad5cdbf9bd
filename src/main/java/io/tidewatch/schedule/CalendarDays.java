package io.tidewatch.schedule;

import io.tidewatch.model.Calendar;
import io.tidewatch.model.Calendar.DateRange;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.BitSet;

/** A calendar's dates between 1970 and {@link OpenDays#HORIZON}, as bits by days since 1970-01-01. */
record CalendarDays(String name, BitSet days) {

    static CalendarDays of(Calendar calendar) {
        BitSet days = new BitSet();
        calendar.dates().forEach(range -> set(days, range));
        calendar.yearly().forEach(monthDay -> set(days, monthDay));
        return new CalendarDays(calendar.name(), days);
    }

    boolean contains(LocalDate date) {
        return date.toEpochDay() >= 0 && days.get((int) date.toEpochDay());
    }

    private static void set(BitSet days, DateRange range) {
        long first = Math.max(0, range.from().toEpochDay());
        long last = Math.min(OpenDays.HORIZON.toEpochDay() - 1, range.to().toEpochDay());
        if (first <= last) {
            days.set((int) first, (int) last + 1);
        }
    }

    /** 29 February only in years that have it. */
    private static void set(BitSet days, MonthDay monthDay) {
        for (int year = 1970; year < OpenDays.HORIZON.getYear(); year++) {
            if (monthDay.isValidYear(year)) {
                days.set((int) monthDay.atYear(year).toEpochDay());
            }
        }
    }
}
