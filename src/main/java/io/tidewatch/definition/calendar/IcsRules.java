package io.tidewatch.definition.calendar;

import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which recurrence rules are handed to the calendar library. It follows whatever it gets: every second, an interval of 0, or
 * the last of all seconds of a year, which it first lists.
 */
final class IcsRules {

    private static final Set<Frequency> BY_DATE =
            Set.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY);
    private static final int LONGEST_INTERVAL = 1_000;
    private static final int MOST_TIMES_A_DAY = 24;
    private static final int DAYS_OF_YEAR = 366;

    private IcsRules() {}

    /** What is wrong with a rule, as it follows "its"; absent for one that can be followed. */
    static Optional<String> complaint(Recurrence rule) {
        if (rule.getFrequency() == null) {
            return Optional.empty();
        }
        if (!BY_DATE.contains(rule.getFrequency())) {
            return Optional.of("FREQ is " + rule.getFrequency() + "; an event marks dates, write DAILY");
        }
        if (rule.getInterval() != null && (rule.getInterval() < 1 || rule.getInterval() > LONGEST_INTERVAL)) {
            return Optional.of("INTERVAL " + rule.getInterval() + " is not between 1 and " + LONGEST_INTERVAL);
        }
        if (rule.getCount() != null && rule.getCount() < 1) {
            return Optional.of("COUNT " + rule.getCount() + " is not above 0");
        }
        if (timesADay(rule) > MOST_TIMES_A_DAY) {
            return Optional.of("BYHOUR, BYMINUTE and BYSECOND make more than " + MOST_TIMES_A_DAY
                    + " times a day; an event marks dates, leave them out");
        }
        return outOfRange(rule);
    }

    private static Optional<String> outOfRange(Recurrence rule) {
        List<String> wrong = new ArrayList<>();
        check(wrong, "BYSECOND", rule.getBySecond(), 0, 60, false);
        check(wrong, "BYMINUTE", rule.getByMinute(), 0, 59, false);
        check(wrong, "BYHOUR", rule.getByHour(), 0, 23, false);
        check(wrong, "BYMONTH", rule.getByMonth(), 1, 12, false);
        check(wrong, "BYMONTHDAY", rule.getByMonthDay(), 1, 31, true);
        check(wrong, "BYYEARDAY", rule.getByYearDay(), 1, DAYS_OF_YEAR, true);
        check(wrong, "BYWEEKNO", rule.getByWeekNo(), 1, 53, true);
        check(wrong, "BYSETPOS", rule.getBySetPos(), 1, DAYS_OF_YEAR, true);
        check(
                wrong,
                "BYDAY",
                rule.getByDay().stream()
                        .map(day -> day.getNum() == null ? Integer.valueOf(1) : day.getNum())
                        .toList(),
                1,
                53,
                true);
        return wrong.stream().findFirst();
    }

    private static void check(
            List<String> wrong, String part, List<Integer> values, int least, int most, boolean fromTheEnd) {
        boolean outside = values.stream()
                .anyMatch(value -> value == null
                        || (fromTheEnd ? Math.abs((long) value) : value) < least
                        || (fromTheEnd ? Math.abs((long) value) : value) > most);
        if (outside) {
            wrong.add(part + " is not between " + least + " and " + most);
        }
        if (values.size() > DAYS_OF_YEAR) {
            wrong.add(part + " lists " + values.size() + " values; the maximum is " + DAYS_OF_YEAR);
        }
    }

    /** How many days may be examined for each day between two occurrences of a rule. */
    static long costOfADay(Recurrence rule) {
        boolean plain = IntStream.of(
                                rule.getByMonth().size(),
                                rule.getByMonthDay().size(),
                                rule.getByYearDay().size(),
                                rule.getByWeekNo().size(),
                                rule.getByDay().size(),
                                rule.getBySetPos().size())
                        .sum()
                == 0;
        return plain ? 0 : timesADay(rule);
    }

    private static long timesADay(Recurrence rule) {
        return (long) Math.max(1, rule.getByHour().size())
                * Math.max(1, rule.getByMinute().size())
                * Math.max(1, rule.getBySecond().size());
    }
}
