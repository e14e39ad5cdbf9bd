package io.tidewatch.model.definition;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A recurring or single period of a schedule with a minimum of its own.
 *
 * @param lead how much earlier than the start a raise begins
 * @param except calendars (name, or namespace/name) on whose dates the window does not open
 * @param only calendars on whose dates alone it opens; empty: no restriction
 */
public record Window(
        String name,
        Times times,
        Minimum minReplicas,
        OptionalInt maxReplicas,
        Lead lead,
        int priority,
        List<String> except,
        List<String> only,
        Origin origin) {

    public Window {
        except = List.copyOf(except);
        only = List.copyOf(only);
    }

    Window at(Origin other) {
        return new Window(name, times, minReplicas, maxReplicas, lead, priority, except, only, other);
    }

    /** The lead that is written; the least where it is learned. */
    public Duration leadTime() {
        return lead.least();
    }

    /**
     * How much earlier than the start a raise begins, without the time of a ramp.
     *
     * @param least what {@code leadTime} says
     * @param most what {@code maxLead} says, where the lead is learned ({@code readyBy}); absent: the lead is {@code least}
     */
    public record Lead(Duration least, Optional<Duration> most) {

        /** A lead that is learned is at most this if nothing else is written. */
        public static final Duration MOST = Duration.ofMinutes(30);

        /** A lead that is not learned. */
        public static Lead of(Duration leadTime) {
            return new Lead(leadTime, Optional.empty());
        }

        public boolean isLearned() {
            return most.isPresent();
        }

        /**
         * The lead with what was learned of the target.
         *
         * @param learned absent: nothing is known yet, and {@code leadTime} counts
         */
        public Duration with(Optional<Duration> learned) {
            return most.flatMap(limit -> learned.map(own -> own.compareTo(limit) < 0 ? own : limit))
                    .filter(bounded -> bounded.compareTo(least) > 0)
                    .orElse(least);
        }
    }

    /** When the window is open; start inclusive, end exclusive. */
    public sealed interface Times {

        /** Two crons, matched on the wall clock; the end is the first match after the start. */
        record CronToCron(CronExpression start, CronExpression end) implements Times {}

        /** A cron and an elapsed time. */
        record CronFor(CronExpression start, Duration duration) implements Times {}

        /** Once, from one moment until another. */
        record OneOff(Moment from, Moment until) implements Times {}
    }

    /** A point in time as people write it. */
    public sealed interface Moment {

        /** In the schedule's zone. */
        record Local(LocalDateTime dateTime) implements Moment {}

        /** With an offset of its own. */
        record WithOffset(OffsetDateTime dateTime) implements Moment {}
    }

    /** The minimum inside the window. */
    public sealed interface Minimum {

        /** The number of pods, for a baseline's minimum. */
        int of(int baselineMin);

        record Absolute(int replicas) implements Minimum {
            @Override
            public int of(int baselineMin) {
                return replicas;
            }
        }

        /** A share of the baseline, rounded up. */
        record Share(int percent) implements Minimum {
            @Override
            public int of(int baselineMin) {
                return Math.toIntExact(((long) baselineMin * percent + 99) / 100);
            }
        }
    }
}
