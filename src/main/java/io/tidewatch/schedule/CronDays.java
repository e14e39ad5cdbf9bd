package io.tidewatch.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import java.time.LocalDate;

/**
 * The two day fields of a cron. Where both are restricted either may match, else both must. As in a CronJob
 * (robfig/cron v3), {@code *} is unrestricted and a step over it is not.
 */
record CronDays(long daysOfMonth, long daysOfWeek, boolean eitherSuffices) {

    private static final long EVERY_WEEKDAY = 0b111_1111;

    static CronDays of(FieldExpression dayOfMonth, FieldExpression dayOfWeek) {
        return new CronDays(
                CronField.DAY_OF_MONTH.bits(dayOfMonth),
                CronField.DAY_OF_WEEK.bits(dayOfWeek),
                !hasStar(dayOfMonth) && !hasStar(dayOfWeek));
    }

    boolean match(LocalDate date) {
        boolean byMonth = (daysOfMonth & (1L << date.getDayOfMonth())) != 0;
        boolean byWeek = (daysOfWeek & (1L << (date.getDayOfWeek().getValue() % 7))) != 0;
        return eitherSuffices ? byMonth || byWeek : byMonth && byWeek;
    }

    /** Whether a weekday is enough for a match, whatever the month. */
    boolean byWeekdayAlone() {
        return eitherSuffices;
    }

    /** Whether a month of so many days can hold a match; every date falls on every weekday within 400 years. */
    boolean someDayUpTo(int length) {
        return (daysOfMonth & ~(-2L << length)) != 0 && (daysOfWeek & EVERY_WEEKDAY) != 0;
    }

    private static boolean hasStar(FieldExpression expression) {
        if (expression instanceof And list) {
            return list.getExpressions().stream().anyMatch(CronDays::hasStar);
        }
        if (expression instanceof Every every) {
            return every.getPeriod().getValue() == 1 && hasStar(every.getExpression());
        }
        return expression instanceof Always;
    }
}
