package io.tidewatch.model.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a minimum is changed in steps, by direction (the contract's "Ramps").
 *
 * @param up absent: a raise is one step
 * @param down absent: a lowering is one step
 */
public record Ramp(Optional<Pace> up, Optional<Pace> down) {

    /** Every change is one step. */
    public static final Ramp NONE = new Ramp(Optional.empty(), Optional.empty());

    /** The pace from one minimum to another; absent where that is one step, or no change. */
    public Optional<Pace> pace(int from, int to) {
        if (from == to) {
            return Optional.empty();
        }
        return to > from ? up : down;
    }

    /** How long before its last step the first step of a raise is made; zero where the raise is one step. */
    public Duration lead(int from, int to) {
        return to > from ? up.map(pace -> pace.lead(from, to)).orElse(Duration.ZERO) : Duration.ZERO;
    }

    /**
     * The size of the steps in one direction, and the pause between two of them.
     *
     * @param pause from one step to the next; longer than zero
     */
    public record Pace(Size size, Duration pause) {

        /** How many steps of a ramp are listed. */
        public static final int MOST_SHOWN = 100;

        /** The longest lead of a ramp: a window that would begin its ramp earlier than a day before begins it then. */
        public static final Duration LONGEST_LEAD = Duration.ofDays(1);

        /**
         * The minimum after the next step.
         *
         * @param origin the minimum at which the ramp began
         * @param live the minimum now
         * @param to the minimum at which the ramp ends; a step never goes beyond it
         */
        public int next(int origin, int live, int to) {
            long step = size.of(Math.abs((long) to - origin));
            return Math.toIntExact(to > live ? Math.min(to, live + step) : Math.max(to, live - step));
        }

        /** How many steps lead from one minimum to the other. */
        public int steps(int from, int to) {
            long way = Math.abs((long) to - from);
            long step = size.of(way);
            return Math.toIntExact((way + step - 1) / step);
        }

        /**
         * How many steps are made before the next change, if none of them waits; all of them where none is known.
         *
         * @param first when the first step is made
         * @param nextChange with which another way begins
         */
        public int stepsBefore(int from, int to, Instant first, Optional<Instant> nextChange) {
            int steps = steps(from, to);
            return nextChange
                    .map(change -> Duration.between(first, change).minusNanos(1))
                    .map(time -> time.isNegative() ? 0 : Math.min(steps, time.dividedBy(pause) + 1))
                    .map(Math::toIntExact)
                    .orElse(steps);
        }

        /** The minimum after so many steps, at most as many as lead from one minimum to the other. */
        public int after(int from, int to, int steps) {
            long way = size.of(Math.abs((long) to - from)) * steps;
            return Math.toIntExact(to > from ? Math.min(to, from + way) : Math.max(to, from - way));
        }

        /** The time from the first step to the last, if none of them waits. */
        public Duration length(int from, int to) {
            return pause.multipliedBy(Math.max(0, steps(from, to) - 1L));
        }

        /**
         * The steps from one minimum to another that are made before the next change, if none of them waits. Of more than
         * {@link #MOST_SHOWN}, those in the middle are left out.
         *
         * @param first when the first step is made
         * @param nextChange with which another way begins; absent where none is known
         */
        public List<Step> plan(int from, int to, Instant first, Optional<Instant> nextChange) {
            List<Step> plan = new ArrayList<>();
            int steps = stepsBefore(from, to, first, nextChange);
            int live = from;
            for (int i = 0; i < Math.min(steps, MOST_SHOWN - 1); i++) {
                live = next(from, live, to);
                plan.add(new Step(first.plus(pause.multipliedBy(i)), live));
            }
            if (steps >= MOST_SHOWN) {
                plan.add(new Step(first.plus(pause.multipliedBy(steps - 1L)), after(from, to, steps)));
            }
            return List.copyOf(plan);
        }

        Duration lead(int from, int to) {
            return lead(steps(from, to));
        }

        /** No part of the way has a longer lead. */
        public Duration longestLead(int from, int to) {
            long way = Math.abs((long) to - from);
            return lead(Math.min(way, size.mostSteps(way)));
        }

        private Duration lead(long steps) {
            return steps > LONGEST_LEAD.dividedBy(pause) ? LONGEST_LEAD : pause.multipliedBy(steps);
        }
    }

    /** A step at its instant, with the minimum after it. */
    public record Step(Instant at, int minimum) {}

    /** The size of a step. */
    public sealed interface Size {

        /**
         * In replicas, at least 1.
         *
         * @param way from the beginning of the ramp to its end, in replicas
         */
        long of(long way);

        /** How many steps a way of this length, or a part of it, has at most. */
        long mostSteps(long way);

        /** A number of replicas. */
        record Absolute(int replicas) implements Size {
            @Override
            public long of(long way) {
                return replicas;
            }

            @Override
            public long mostSteps(long way) {
                return (way + replicas - 1) / replicas;
            }
        }

        /** A share of the whole way, rounded up. */
        record Share(int percent) implements Size {
            @Override
            public long of(long way) {
                return Math.max(1, (way * percent + 99) / 100);
            }

            @Override
            public long mostSteps(long way) {
                return (99L + percent) / percent;
            }
        }
    }
}
