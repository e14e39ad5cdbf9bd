package io.tidewatch.schedule;

import io.tidewatch.model.definition.CronExpression;
import java.time.LocalDate;

/**
 * The date fields of a cron. Crons that differ in their time of day only have equal date fields.
 *
 * <p>Where both day fields are restricted either may match, else both must (as in a CronJob, robfig/cron v3).
 */
record CronDays(long months, long daysOfMonth, long daysOfWeek, boolean eitherSuffices) {

    static CronDays of(CronExpression cron) {
        return new CronDays(cron.months(), cron.daysOfMonth(), cron.daysOfWeek(), cron.eitherDaySuffices());
    }

    boolean match(LocalDate date) {
        return matchesMonth(date) && matchesDay(date);
    }

    boolean matchesMonth(LocalDate date) {
        return (months & (1L << date.getMonthValue())) != 0;
    }

    private boolean matchesDay(LocalDate date) {
        boolean byMonth = (daysOfMonth & (1L << date.getDayOfMonth())) != 0;
        boolean byWeek = (daysOfWeek & (1L << (date.getDayOfWeek().getValue() % 7))) != 0;
        return eitherSuffices ? byMonth || byWeek : byMonth && byWeek;
    }
}
