package io.tidewatch.schedule;

import io.tidewatch.model.Calendar;
import io.tidewatch.model.Calendar.DateRange;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A calendar's dates between 1970 and {@link OpenDays#HORIZON}, as bits by days since 1970-01-01.
 *
 * @param events what an iCalendar file calls the date
 */
record CalendarDays(String name, BitSet days, Map<LocalDate, String> events) {

    static CalendarDays of(Calendar calendar) {
        BitSet days = new BitSet();
        Map<LocalDate, String> events = new HashMap<>();
        calendar.dates().forEach(range -> set(days, range));
        calendar.yearly().forEach(monthDay -> set(days, monthDay));
        calendar.ics()
                .ifPresent(ics -> IcsEvents.forEachDate(ics.text(), (date, summary) -> {
                    set(days, new DateRange(date, date));
                    events.merge(date, summary, (one, other) -> one.equals(other) ? one : one + ", " + other);
                }));
        return new CalendarDays(calendar.name(), days, Map.copyOf(events));
    }

    boolean contains(LocalDate date) {
        return date.toEpochDay() >= 0 && days.get((int) date.toEpochDay());
    }

    /** As {@code preview} says it: {@code kr-holidays: Christmas}. */
    String says(LocalDate date) {
        return Optional.ofNullable(events.get(date))
                .filter(event -> !event.isEmpty())
                .map(event -> name + ": " + event)
                .orElse(name);
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
