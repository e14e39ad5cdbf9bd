package io.tidewatch.model.definition;

import java.util.stream.IntStream;

/**
 * A five-field cron as a CronJob understands it: for each field the set of values that match, as bits.
 *
 * <p>Bit {@code n} of a field stands for the value {@code n}. Sunday is bit 0. No field is empty.
 *
 * @param text the five fields as written, with one space between two of them
 * @param eitherDaySuffices true where both day fields are restricted: a date then matches by its day of month or by its
 *     day of week; otherwise both must match
 */
public record CronExpression(
        String text,
        long minutes,
        long hours,
        long daysOfMonth,
        long months,
        long daysOfWeek,
        boolean eitherDaySuffices) {

    private static final int[] LONGEST_MONTHS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** @throws IllegalArgumentException where a field matches no value: such a cron has no meaning */
    public CronExpression {
        if (minutes == 0 || hours == 0 || daysOfMonth == 0 || months == 0 || daysOfWeek == 0) {
            throw new IllegalArgumentException("A field of the cron matches no value: " + text);
        }
    }

    /** Whether no date of any year matches, as with 30 February. Every date falls on every weekday within 400 years. */
    public boolean neverFires() {
        return !eitherDaySuffices
                && IntStream.rangeClosed(1, 12)
                        .noneMatch(month -> has(months, month) && (daysOfMonth & upTo(LONGEST_MONTHS[month])) != 0);
    }

    /** How often the cron matches on a date that matches. */
    public int timesADay() {
        return Long.bitCount(minutes) * Long.bitCount(hours);
    }

    private static long upTo(int last) {
        return ~(-2L << last);
    }

    private static boolean has(long bits, int value) {
        return (bits & (1L << value)) != 0;
    }
}
