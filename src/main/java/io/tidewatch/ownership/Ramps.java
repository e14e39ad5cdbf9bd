package io.tidewatch.ownership;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.Ramp.Pace;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which step of a ramp is to stand now, from the live object, our record on it and the instant alone: a restart in the middle of a
 * ramp changes nothing (the contract's "Ramps").
 *
 * <p>A ramp leads only where Tidewatch is to write. A minimum that was raised manually, or a conflict, is judged by the bounds to
 * which the ramp would lead.
 */
public final class Ramps {

    private Ramps() {}

    /**
     * The desired state with the step of each ramp in place of the bounds to which it leads.
     *
     * @param faults of targets whose step met an internal error; they keep the bounds of the window
     */
    public record Stepped(DesiredState desired, Faults faults) {}

    /** Reads the objects of those targets alone whose schedule has a ramp. */
    public static Stepped steps(DesiredState desired, Observation observation) {
        Guard guard = new Guard("ramp");
        SortedMap<Target, DesiredBounds> stepped = new TreeMap<>();
        desired.desired().values().stream()
                .filter(one -> !one.schedule().ramp().equals(Ramp.NONE))
                .forEach(one -> guard.run(
                                one.target(),
                                () -> Optional.ofNullable(observation.targets().get(one.target()))
                                        .flatMap(TargetObservation::autoscaler)
                                        .flatMap(live -> step(one, live, desired.at())),
                                fault -> Optional.<RampStep>empty())
                        .ifPresent(step -> stepped.put(one.target(), one.with(step))));
        if (stepped.isEmpty()) {
            return new Stepped(desired, guard.faults());
        }
        SortedMap<Target, DesiredBounds> all = new TreeMap<>(desired.desired());
        all.putAll(stepped);
        return new Stepped(new DesiredState(desired.at(), all, desired.next(), desired.failed()), guard.faults());
    }

    /** The step that is to stand now; absent where the bounds are to be written in one step, or stand already. */
    public static Optional<RampStep> step(DesiredBounds desired, AutoscalerView live, Instant now) {
        int minimum = live.bounds().min();
        int goal = desired.goal().min();
        return desired.schedule()
                .ramp()
                .pace(minimum, goal)
                .filter(pace -> new Ownership(Goal.ofWindow(desired), live).verdict() instanceof Verdict.Write)
                .flatMap(pace -> step(pace, desired, live, now));
    }

    private static Optional<RampStep> step(Pace pace, DesiredBounds desired, AutoscalerView live, Instant now) {
        OwnRecord ours = new OwnRecord(live.meta());
        int minimum = live.bounds().min();
        int goal = desired.goal().min();
        int applied = ours.applied().map(Bounds::min).orElse(minimum);
        Optional<RampRecord> ramp = ours.ramp().filter(found -> found.continues(applied, goal));
        int origin = ramp.map(RampRecord::origin).orElse(minimum);
        Optional<Instant> due = ramp.flatMap(found -> ours.appliedAt())
                .map(written -> written.isAfter(now) ? now : written.plus(pace.pause()));
        if (due.filter(now::isBefore).isPresent()) {
            int stands = goal > minimum ? Math.max(applied, minimum) : Math.min(applied, minimum);
            return Optional.of(new RampStep(between(stands, desired), origin, ours.appliedAt(), due));
        }
        int next = pace.next(origin, minimum, goal);
        return next == goal && ramp.isEmpty()
                ? Optional.empty()
                : Optional.of(new RampStep(between(next, desired), origin, due, Optional.empty()));
    }

    /** KEDA rejects a minimum above the maximum, so a maximum is not lowered below the step. */
    private static Bounds between(int minimum, DesiredBounds desired) {
        return new Bounds(minimum, Math.max(minimum, desired.goal().max()));
    }
}
