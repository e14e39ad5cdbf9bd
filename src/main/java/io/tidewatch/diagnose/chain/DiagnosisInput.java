package io.tidewatch.diagnose.chain;

import io.tidewatch.diagnose.chain.Surroundings.ControllerSign;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The input of the diagnosis of one target.
 *
 * @param desired the desired minimum; absent: the ScaledObject's own
 * @param scheduled the bounds that the schedules ask for; absent where no schedule names the target, or on a dump
 * @param previous the diagnosis of the previous pass, with its memory
 */
public record DiagnosisInput(
        TargetObservation seen,
        List<ControllerView> controllers,
        OptionalInt desired,
        Optional<DesiredBounds> scheduled,
        Checks checks,
        Optional<Diagnosis> previous,
        Source source,
        Surroundings around) {

    public DiagnosisInput {
        controllers = List.copyOf(controllers);
    }

    /** One moment without memory: since when something holds must be proven by instants in the objects. */
    public static DiagnosisInput onDump(
            TargetObservation seen, List<ControllerView> controllers, OptionalInt desired, Checks checks, Instant now) {
        return new DiagnosisInput(
                seen,
                controllers,
                desired,
                Optional.empty(),
                checks,
                Optional.empty(),
                Source.DUMP,
                new Surroundings(seen.target(), now, now, Optional::empty, Backlog.NONE));
    }

    /** The same with the signs of all controllers: a controller that wrote another of its Rollouts lives. */
    public DiagnosisInput beside(Collection<RolloutView> all) {
        return withControllerSeen(() -> seen.rollout().flatMap(ControllerSigns.of(all, controllers)::last));
    }

    /** The same, knowing when the Rollouts controller last wrote any status. */
    public DiagnosisInput withControllerSeen(ControllerSign sign) {
        return new DiagnosisInput(seen, controllers, desired, scheduled, checks, previous, source, around.with(sign));
    }

    /** The instant of the pass, or at which the dump is judged. */
    public Moment now() {
        return around.now();
    }

    /** What the previous pass remembers; empty on the first pass and on a dump. */
    public Progress remembered() {
        return previous.map(Diagnosis::progress).orElse(Progress.NONE);
    }

    public boolean isLive() {
        return source == Source.LIVE;
    }

    /** Where the objects come from, which decides what proves that time has passed. */
    public enum Source {
        /** Caches: each version has the instant at which it arrived, and the next pass remembers this pass. */
        LIVE,
        /** One observation, without memory. */
        DUMP
    }
}
