package io.tidewatch.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.function.Function;

/** The occurrences of a window, recurring or single. Empty occurrences are left out. */
sealed interface Recurrence {

    /** The occurrence that is open at an instant; of several, the one that opened first. */
    Optional<Occurrence> openAt(Instant instant);

    /** The first occurrence that starts strictly after an instant. */
    Optional<Occurrence> startingAfter(Instant instant);

    /** The last occurrence that starts at or before an instant. */
    Optional<Occurrence> startedBy(Instant instant);

    /** Whether the occurrence with this local start is empty. */
    default boolean isEmptyAt(LocalDateTime start) {
        return false;
    }

    /** A local start in a DST gap whose occurrence is empty. */
    default Optional<LocalDateTime> emptyStartIn(ZoneOffsetTransition gap) {
        return Optional.empty();
    }

    /** A start cron and an end cron; the end is the first match after the start's wall-clock time, on its own date. */
    record CronToCron(WallClock clock, Cron start, Cron end, OpenDays days) implements Recurrence {

        @Override
        public Optional<Occurrence> openAt(Instant instant) {
            LocalDateTime reached = clock.reachedBy(instant);
            return end.atOrBefore(reached)
                    .flatMap(lastEnd -> startAfter(start, days, lastEnd.minusMinutes(1)))
                    .filter(local -> !local.isAfter(reached))
                    .flatMap(this::occurrence);
        }

        @Override
        public Optional<Occurrence> startingAfter(Instant instant) {
            return firstNotEmpty(start, days, clock.reachedBy(instant), this::occurrence);
        }

        @Override
        public Optional<Occurrence> startedBy(Instant instant) {
            return lastNotEmpty(start, days, clock.reachedBy(instant), this::occurrence);
        }

        @Override
        public boolean isEmptyAt(LocalDateTime local) {
            return occurrence(local).filter(Occurrence::isEmpty).isPresent();
        }

        /** The first start in it decides for all: later starts that end later than the gap share the first one's end. */
        @Override
        public Optional<LocalDateTime> emptyStartIn(ZoneOffsetTransition gap) {
            return startAfter(start, days, gap.getDateTimeBefore().minusMinutes(1))
                    .filter(local -> local.isBefore(gap.getDateTimeAfter()))
                    .filter(this::isEmptyAt);
        }

        Optional<Occurrence> occurrence(LocalDateTime local) {
            return end.after(local).map(until -> new Occurrence(local, clock.instantOf(local), clock.instantOf(until)));
        }
    }

    /** A start cron and an elapsed time. */
    record CronFor(WallClock clock, Cron start, Duration duration, OpenDays days) implements Recurrence {

        @Override
        public Optional<Occurrence> openAt(Instant instant) {
            LocalDateTime over = clock.reachedBy(instant.minus(duration));
            LocalDateTime reached = clock.reachedBy(instant);
            return startAfter(start, days, over)
                    .filter(local -> !local.isAfter(reached))
                    .flatMap(this::occurrence);
        }

        @Override
        public Optional<Occurrence> startingAfter(Instant instant) {
            return firstNotEmpty(start, days, clock.reachedBy(instant), this::occurrence);
        }

        @Override
        public Optional<Occurrence> startedBy(Instant instant) {
            return lastNotEmpty(start, days, clock.reachedBy(instant), this::occurrence);
        }

        Optional<Occurrence> occurrence(LocalDateTime local) {
            Instant from = clock.instantOf(local);
            return Optional.of(new Occurrence(local, from, from.plus(duration)));
        }
    }

    /** Once, or not at all: where it comes out empty, or its day is closed. */
    record OneOff(Occurrence written, boolean dayIsOpen) implements Recurrence {

        @Override
        public Optional<Occurrence> openAt(Instant instant) {
            return once().filter(o -> !o.start().isAfter(instant) && o.end().isAfter(instant));
        }

        @Override
        public Optional<Occurrence> startingAfter(Instant instant) {
            return once().filter(o -> o.start().isAfter(instant));
        }

        @Override
        public Optional<Occurrence> startedBy(Instant instant) {
            return once().filter(o -> !o.start().isAfter(instant));
        }

        @Override
        public boolean isEmptyAt(LocalDateTime start) {
            return written.isEmpty();
        }

        private Optional<Occurrence> once() {
            return Optional.of(written).filter(o -> dayIsOpen && !o.isEmpty());
        }
    }

    /** Never: a duration that is not positive. The reader of definitions reports it. */
    record Never() implements Recurrence {

        @Override
        public Optional<Occurrence> openAt(Instant instant) {
            return Optional.empty();
        }

        @Override
        public Optional<Occurrence> startingAfter(Instant instant) {
            return Optional.empty();
        }

        @Override
        public Optional<Occurrence> startedBy(Instant instant) {
            return Optional.empty();
        }
    }

    private static Optional<Occurrence> firstNotEmpty(
            Cron start, OpenDays days, LocalDateTime after, Function<LocalDateTime, Optional<Occurrence>> occurrence) {
        Optional<Occurrence> next = startAfter(start, days, after).flatMap(occurrence);
        while (next.isPresent() && next.get().isEmpty()) {
            next = startAfter(start, days, next.get().local()).flatMap(occurrence);
        }
        return next;
    }

    private static Optional<Occurrence> lastNotEmpty(
            Cron start, OpenDays days, LocalDateTime upTo, Function<LocalDateTime, Optional<Occurrence>> occurrence) {
        Optional<Occurrence> last = startUpTo(start, days, upTo).flatMap(occurrence);
        while (last.isPresent() && last.get().isEmpty()) {
            last = startUpTo(start, days, last.get().local().minusMinutes(1)).flatMap(occurrence);
        }
        return last;
    }

    /** The first match strictly after, on a date that is open. */
    private static Optional<LocalDateTime> startAfter(Cron start, OpenDays days, LocalDateTime after) {
        Optional<LocalDateTime> match = start.after(after);
        while (match.isPresent() && !days.contains(match.get().toLocalDate())) {
            LocalDate closed = match.get().toLocalDate();
            match = days.from(closed)
                    .flatMap(open -> start.after(open.atStartOfDay().minusMinutes(1)));
        }
        return match;
    }

    /** The last match not after, on a date that is open. */
    private static Optional<LocalDateTime> startUpTo(Cron start, OpenDays days, LocalDateTime upTo) {
        Optional<LocalDateTime> match = start.atOrBefore(upTo);
        while (match.isPresent() && !days.contains(match.get().toLocalDate())) {
            LocalDate closed = match.get().toLocalDate();
            match = days.upTo(closed)
                    .flatMap(open ->
                            start.atOrBefore(open.plusDays(1).atStartOfDay().minusMinutes(1)));
        }
        return match;
    }
}
