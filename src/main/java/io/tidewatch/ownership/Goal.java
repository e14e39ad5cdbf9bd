package io.tidewatch.ownership;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.util.Optional;

/**
 * What is desired of one object, as far as it decides whose value stands.
 *
 * @param setsMax whether the maximum is ours to write too
 * @param schedule what the schedule adds; absent for a number that a person typed ({@code diagnose --wanted})
 */
public record Goal(Bounds bounds, boolean setsMax, Optional<Scheduled> schedule) {

    /**
     * @param baseline that counts outside of all windows
     * @param period see {@link DesiredBounds#period}
     * @param inWindow whether a window counts
     */
    public record Scheduled(Bounds baseline, String period, boolean inWindow, ConflictPolicy policy) {}

    public static Goal of(DesiredBounds desired) {
        return new Goal(
                desired.bounds(),
                desired.setsMax(),
                Optional.of(new Scheduled(
                        desired.baseline(),
                        desired.period(),
                        desired.window().isPresent(),
                        desired.schedule().onConflict())));
    }

    /** The bounds to which a ramp leads, in place of those of its step. */
    public static Goal ofWindow(DesiredBounds desired) {
        Goal step = of(desired);
        return new Goal(desired.goal(), step.setsMax(), step.schedule());
    }

    /** A minimum without a schedule: the contract's default policy counts, and the maximum is nobody's concern. */
    public static Goal ofMinimum(int minimum) {
        return new Goal(new Bounds(minimum, Bounds.DEFAULT_MAX), false, Optional.empty());
    }

    /** The same, with another minimum. */
    public Goal withMinimum(int minimum) {
        return new Goal(new Bounds(minimum, bounds.max()), setsMax, schedule);
    }

    ConflictPolicy policy() {
        return schedule.map(Scheduled::policy).orElse(ConflictPolicy.ADOPT);
    }

    /** Whether a minimum is the one that Git asks for outside of all windows, and so nobody's foreign value. */
    boolean isBaseline(int minimum) {
        return schedule.filter(known -> known.baseline().min() == minimum).isPresent();
    }
}
