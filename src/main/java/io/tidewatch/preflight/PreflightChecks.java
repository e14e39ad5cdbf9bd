package io.tidewatch.preflight;

import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.preflight.check.Checks;
import io.tidewatch.preflight.check.Situation;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks every raise that is near: what would keep its pods from being ready. Decides no write; a raise is never blocked by it. */
public final class PreflightChecks {

    private PreflightChecks() {}

    /** The preflights at the instant of the desired state, one for each target with a raise in its preflight time. */
    public static Preflights of(DesiredState desired, Observation observation, Diagnoses diagnoses) {
        Guard guard = new Guard("preflight");
        Instant now = desired.at();
        SortedMap<Target, Preflight> found = new TreeMap<>();
        desired.desired()
                .forEach((target, bounds) -> guard.run(
                                target,
                                () -> of(
                                        bounds,
                                        observation,
                                        Optional.ofNullable(
                                                observation.targets().get(target)),
                                        diagnoses.of(target),
                                        now),
                                fault -> Optional.<Preflight>empty())
                        .ifPresent(preflight -> found.put(target, preflight)));
        return new Preflights(found, next(desired, now), guard.faults());
    }

    /** Absent for a target without a ScaledObject, or whose state is not known by an internal error. */
    private static Optional<Preflight> of(
            DesiredBounds desired,
            Observation observation,
            Optional<TargetObservation> seen,
            Optional<Diagnosis> diagnosis,
            Instant now) {
        return seen.flatMap(objects -> diagnosis
                .filter(found -> !found.isInternalError())
                .flatMap(found -> objects.scaledObject()
                        .flatMap(live -> new PreflightTime(desired)
                                .raise(live, now)
                                .map(raise -> new Preflight(
                                        raise,
                                        Checks.of(new Situation(
                                                desired,
                                                raise,
                                                live,
                                                objects,
                                                found,
                                                observation.controllers(),
                                                now)))))));
    }

    private static Optional<Instant> next(DesiredState desired, Instant now) {
        return desired.desired().values().stream()
                .flatMap(bounds -> new PreflightTime(bounds).begins().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }
}
