package io.tidewatch.definition.cron;

import io.tidewatch.model.definition.CronExpression;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Describes the days on which a cron matches that restricts the day of month and the day of week. */
public final class CronDays {

    private static final int DAYS_OF_MONTH = 31;
    private static final int DAYS_OF_WEEK = 7;
    private static final int MONTHS = 12;

    /** Parts of a list that a sentence holds; beyond, the days are counted. */
    private static final int PARTS = 6;

    /** Neighbours from which on a list is a range. */
    private static final int RANGE = 3;

    private static final int TEENS_END = 13;
    private static final int TEN = 10;

    private CronDays() {}

    /**
     * The warning about a start with both day fields; absent if only one of them counts.
     *
     * @param cron that matches some day
     */
    public static Optional<String> ofStart(CronExpression cron) {
        return surprise(
                cron,
                "for days that match both, write * for both, list the days in a Calendar, and name it in the window's only");
    }

    /** The same for an end, which is searched after the start, regardless of calendars. */
    public static Optional<String> ofEnd(CronExpression cron) {
        return surprise(cron, "write * for one of the two");
    }

    private static Optional<String> surprise(CronExpression cron, String right) {
        if (!cron.eitherDaySuffices()) {
            return Optional.empty();
        }
        List<Integer> months = values(cron.months(), 1, MONTHS);
        List<Integer> days = values(cron.daysOfMonth(), 1, longest(months));
        List<Integer> weekdays = values(cron.daysOfWeek(), 0, DAYS_OF_WEEK - 1);
        boolean isEachDay = days.size() == longest(months) || weekdays.size() == DAYS_OF_WEEK;
        return Optional.of("\"" + cron.text() + "\" matches "
                + (isEachDay ? "on every day" + named(" of ", months) : either(days, weekdays, months))
                + ": if both day fields are restricted, one match is enough, as in a CronJob; "
                + (isEachDay ? "write * for the day field that names them all" : right));
    }

    private static String either(List<Integer> days, List<Integer> weekdays, List<Integer> months) {
        String onWeekdays = "on every " + weekdays(weekdays) + named(" in ", months);
        return days.isEmpty() ? onWeekdays : "on " + daysOfMonth(days) + named(" of ", months) + ", and " + onWeekdays;
    }

    private static int longest(List<Integer> months) {
        return months.stream()
                .mapToInt(month -> Month.of(month).maxLength())
                .max()
                .orElse(DAYS_OF_MONTH);
    }

    private static List<Integer> values(long bits, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(value -> (bits & (1L << value)) != 0)
                .boxed()
                .toList();
    }

    private static String daysOfMonth(List<Integer> days) {
        List<String> parts = parts(days, day -> "the " + ordinal(day));
        return parts.size() > PARTS ? days.size() + " days of the month" : listed(parts);
    }

    /** From Monday to Sunday, as people count. */
    private static String weekdays(List<Integer> weekdays) {
        List<Integer> fromMonday = weekdays.stream()
                .map(day -> day == 0 ? DAYS_OF_WEEK : day)
                .sorted()
                .toList();
        return listed(parts(fromMonday, day -> DayOfWeek.of(day).getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    }

    /** Empty if each month counts. */
    private static String named(String before, List<Integer> months) {
        return months.size() == MONTHS
                ? ""
                : before
                        + listed(
                                parts(months, month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    }

    private static List<String> parts(List<Integer> values, IntFunction<String> name) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        while (begin < values.size()) {
            int end = begin;
            while (end + 1 < values.size() && values.get(end + 1) == values.get(end) + 1) {
                end++;
            }
            if (end - begin + 1 >= RANGE) {
                parts.add(name.apply(values.get(begin)) + " to " + name.apply(values.get(end)));
            } else {
                values.subList(begin, end + 1).forEach(value -> parts.add(name.apply(value)));
            }
            begin = end + 1;
        }
        return parts;
    }

    private static String listed(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    private static String ordinal(int day) {
        boolean isTeen = day > TEN && day <= TEENS_END;
        return day
                + (isTeen
                        ? "th"
                        : switch (day % TEN) {
                            case 1 -> "st";
                            case 2 -> "nd";
                            case 3 -> "rd";
                            default -> "th";
                        });
    }
}
