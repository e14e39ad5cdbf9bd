package io.tidewatch.definition.calendar;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recurrence rule that is understood in full.
 *
 * @param interval at least 1
 * @param count of occurrences, the start included; absent without COUNT
 * @param until the last time that may occur; absent without UNTIL
 * @param numbers the values of the BY parts that hold numbers, by name; a part that is not written is missing
 * @param days of BYDAY
 */
record IcsRule(
        int line,
        Frequency frequency,
        int interval,
        Optional<Integer> count,
        Optional<IcsTime> until,
        Map<String, List<Integer>> numbers,
        List<WeekDay> days,
        DayOfWeek weekStart) {

    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    /** @param number which of the weekdays of the month or year, from the end if negative; 0 for every */
    record WeekDay(int number, DayOfWeek day) {}

    List<Integer> by(String part) {
        return numbers.getOrDefault(part, List.of());
    }

    boolean has(String part) {
        return numbers.containsKey(part);
    }
}
