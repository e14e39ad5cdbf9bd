package io.tidewatch.schedule;

import io.tidewatch.model.definition.CronExpression;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** A cron that is matched on local times, without any zone (docs/decisions/020-cron-matching.md). */
final class Cron {

    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;
    /** The Gregorian calendar repeats after this many years, weekdays included. */
    private static final int YEARS_UNTIL_REPETITION = 400;

    private final long minutes;
    private final long hours;
    private final CronDays days;
    private final boolean neverFires;

    Cron(CronExpression expression) {
        this.minutes = expression.minutes();
        this.hours = expression.hours();
        this.days = CronDays.of(expression);
        this.neverFires = expression.neverFires();
    }

    CronDays days() {
        return days;
    }

    boolean matchesDate(LocalDate date) {
        return days.match(date);
    }

    /** The first match strictly after. */
    Optional<LocalDateTime> after(LocalDateTime local) {
        LocalDate date = local.toLocalDate();
        int minute = matchesDate(date) ? firstMinuteFrom(minuteOfDay(local) + 1) : -1;
        if (minute >= 0) {
            return Optional.of(at(date, minute));
        }
        return dateFrom(date.plusDays(1)).map(d -> at(d, firstMinuteFrom(0)));
    }

    /** The last match not after. */
    Optional<LocalDateTime> atOrBefore(LocalDateTime local) {
        LocalDate date = local.toLocalDate();
        int minute = matchesDate(date) ? lastMinuteUpTo(minuteOfDay(local)) : -1;
        if (minute >= 0) {
            return Optional.of(at(date, minute));
        }
        return dateUpTo(date.minusDays(1)).map(d -> at(d, lastMinuteUpTo(MINUTES_OF_DAY - 1)));
    }

    /** The first matching date on or after. */
    Optional<LocalDate> dateFrom(LocalDate first) {
        if (neverFires) {
            return Optional.empty();
        }
        LocalDate date = first;
        LocalDate limit = first.plusYears(YEARS_UNTIL_REPETITION);
        while (date.isBefore(limit)) {
            if (!days.matchesMonth(date)) {
                date = date.withDayOfMonth(1).plusMonths(1);
            } else if (days.match(date)) {
                return Optional.of(date);
            } else {
                date = date.plusDays(1);
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDate> dateUpTo(LocalDate last) {
        if (neverFires) {
            return Optional.empty();
        }
        LocalDate date = last;
        LocalDate limit = last.minusYears(YEARS_UNTIL_REPETITION);
        while (date.isAfter(limit)) {
            if (!days.matchesMonth(date)) {
                date = date.withDayOfMonth(1).minusDays(1);
            } else if (days.match(date)) {
                return Optional.of(date);
            } else {
                date = date.minusDays(1);
            }
        }
        return Optional.empty();
    }

    /** The first matching minute of a day from a minute on; -1 where none is left. */
    private int firstMinuteFrom(int minuteOfDay) {
        int hour = minuteOfDay / MINUTES_OF_HOUR;
        long rest = has(hours, hour) ? minutes & (-1L << (minuteOfDay % MINUTES_OF_HOUR)) : 0;
        if (rest == 0) {
            long later = hour >= 23 ? 0 : hours & (-1L << (hour + 1));
            if (later == 0) {
                return -1;
            }
            hour = Long.numberOfTrailingZeros(later);
            rest = minutes;
        }
        return hour * MINUTES_OF_HOUR + Long.numberOfTrailingZeros(rest);
    }

    private int lastMinuteUpTo(int minuteOfDay) {
        int hour = minuteOfDay / MINUTES_OF_HOUR;
        long rest = has(hours, hour) ? minutes & ~(-2L << (minuteOfDay % MINUTES_OF_HOUR)) : 0;
        if (rest == 0) {
            long earlier = hours & ~(-1L << hour);
            if (earlier == 0) {
                return -1;
            }
            hour = highest(earlier);
            rest = minutes;
        }
        return hour * MINUTES_OF_HOUR + highest(rest);
    }

    private static int highest(long bits) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    private static int minuteOfDay(LocalDateTime local) {
        return local.getHour() * MINUTES_OF_HOUR + local.getMinute();
    }

    private static LocalDateTime at(LocalDate date, int minuteOfDay) {
        return date.atTime(minuteOfDay / MINUTES_OF_HOUR, minuteOfDay % MINUTES_OF_HOUR);
    }

    private static boolean has(long bits, int value) {
        return (bits & (1L << value)) != 0;
    }
}
