package io.tidewatch.schedule;

import io.tidewatch.model.definition.Days;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;

/** The dates from 1970 to 2199 on which the calendars of a window let it start. */
final class OpenDays {

    static final LocalDate HORIZON = Days.HORIZON;
    static final OpenDays ALL = new OpenDays(Optional.empty());

    private final Optional<BitSet> days;

    private OpenDays(Optional<BitSet> days) {
        this.days = days;
    }

    /** @param days the bit n stands for the day n after 1970-01-01 */
    static OpenDays of(BitSet days) {
        return new OpenDays(Optional.of((BitSet) days.clone()));
    }

    boolean areAll() {
        return days.isEmpty();
    }

    /** The open days that a predicate accepts. */
    OpenDays filter(Predicate<LocalDate> accepted) {
        BitSet left = new BitSet();
        days.ifPresent(open -> open.stream()
                .filter(day -> accepted.test(LocalDate.ofEpochDay(day)))
                .forEach(left::set));
        return of(left);
    }

    /** The first open day on or after a date. */
    Optional<LocalDate> from(LocalDate date) {
        if (days.isEmpty()) {
            return Optional.of(date);
        }
        int next = days.get().nextSetBit((int) Math.max(0, date.toEpochDay()));
        return next < 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(next));
    }

    /** The last open day on or before a date. */
    Optional<LocalDate> upTo(LocalDate date) {
        if (days.isEmpty()) {
            return Optional.of(date);
        }
        long day = Math.min(date.toEpochDay(), HORIZON.toEpochDay());
        int previous = day < 0 ? -1 : days.get().previousSetBit((int) day);
        return previous < 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(previous));
    }

    boolean contains(LocalDate date) {
        return days.isEmpty() || (date.toEpochDay() >= 0 && days.get().get((int) date.toEpochDay()));
    }
}
