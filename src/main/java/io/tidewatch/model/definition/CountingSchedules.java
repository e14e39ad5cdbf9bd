package io.tidewatch.model.definition;

import io.tidewatch.model.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which schedule counts for each target: of several schedules that name one ScaledObject, the schedule that is added first.
 *
 * <p>The schedules of a source are added in the order in which they are written, and the sources in the order in which they are
 * configured.
 */
public final class CountingSchedules {

    private final Map<Target, Named> byTarget = new HashMap<>();

    /** @return whether the schedule counts for the target; false where a schedule was added for the target before */
    public boolean add(Target target, Named schedule) {
        return byTarget.putIfAbsent(target, schedule) == null;
    }

    /** The schedule that counts for a target; empty where none names it. */
    public Optional<Named> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** The schedule that counts for a target instead of this schedule; empty where this schedule counts, or none. */
    public Optional<Named> insteadOf(Named schedule, Target target) {
        return of(target).filter(counting -> !counting.isSame(schedule));
    }

    /**
     * A schedule of a source.
     *
     * @param source its name
     */
    public record Named(String source, ScaleSchedule schedule) {

        /** A schedule of the source that its origin names. */
        public static Named of(ScaleSchedule schedule) {
            return new Named(schedule.origin().source(), schedule);
        }

        private boolean isSame(Named other) {
            return source.equals(other.source) && schedule.origin().equals(other.schedule.origin());
        }
    }
}
