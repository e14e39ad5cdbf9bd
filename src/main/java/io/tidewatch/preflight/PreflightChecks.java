package io.tidewatch.preflight;

import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.model.preflight.Raise;
import io.tidewatch.preflight.check.Checks;
import io.tidewatch.preflight.check.Situation;
import io.tidewatch.preflight.node.NamespaceNodes;
import io.tidewatch.preflight.node.NodeRoom;
import io.tidewatch.preflight.quota.Demand;
import io.tidewatch.preflight.quota.NamespaceRoom;
import io.tidewatch.preflight.quota.NewPods;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks every raise that is near: what would keep its pods from being ready. Of a lowering that is near it notes which claims go with the
 * pods. Decides no write; no change is blocked by it.
 */
public final class PreflightChecks {

    private PreflightChecks() {}

    /**
     * The preflights at the instant of the desired state, one for each target with a raise in its preflight time.
     *
     * @param cluster with what is known of the namespaces in which a raise is near
     */
    public static Preflights of(
            DesiredState desired, Observation observation, Diagnoses diagnoses, ClusterState cluster) {
        Guard guard = new Guard("preflight");
        Instant now = desired.at();
        SortedMap<Target, PreflightTime> times = new TreeMap<>();
        desired.desired()
                .forEach((target, bounds) -> guard.run(
                                target, () -> PreflightTime.of(bounds), fault -> Optional.<PreflightTime>empty())
                        .ifPresent(time -> times.put(target, time)));
        SortedMap<Target, Ahead> ahead = new TreeMap<>();
        times.forEach((target, time) -> guard.run(
                        target,
                        () -> ahead(
                                time,
                                Optional.ofNullable(observation.targets().get(target)),
                                diagnoses.of(target),
                                now),
                        fault -> Optional.<Ahead>empty())
                .ifPresent(found -> ahead.put(target, found)));
        Map<String, NamespaceRoom> rooms = new HashMap<>();
        ahead.forEach((target, one) -> rooms.computeIfAbsent(
                        target.namespace(),
                        namespace -> new NamespaceRoom(cluster.raiseFacts().quotas(), namespace))
                .add(one.raise().at(), one.demands()));
        Map<String, NamespaceNodes> nodes = NamespaceNodes.of(cluster, rooms.keySet());
        SortedMap<Target, Preflight> found = new TreeMap<>();
        ahead.forEach((target, one) -> guard.run(
                        target,
                        () -> Optional.ofNullable(rooms.get(target.namespace()))
                                .map(room -> preflight(
                                        one,
                                        room,
                                        nodes.getOrDefault(target.namespace(), NamespaceNodes.NONE),
                                        observation,
                                        now)),
                        fault -> Optional.<Preflight>empty())
                .ifPresent(preflight -> found.put(target, preflight)));
        SortedMap<Target, LoweringTime> lowerings = new TreeMap<>();
        desired.desired()
                .forEach((target, bounds) -> guard.run(
                                target,
                                () -> Optional.ofNullable(observation.targets().get(target))
                                        .flatMap(seen -> LoweringTime.of(bounds, seen)),
                                fault -> Optional.<LoweringTime>empty())
                        .ifPresent(lowering -> lowerings.put(target, lowering)));
        SortedMap<Target, ClaimLoss> losses = new TreeMap<>();
        lowerings.forEach(
                (target, lowering) -> guard.run(target, () -> lowering.loss(now), fault -> Optional.<ClaimLoss>empty())
                        .ifPresent(loss -> losses.put(target, loss)));
        return new Preflights(found, losses, next(times.values(), lowerings.values(), now), guard.faults());
    }

    /** A target with a raise that is near. */
    private record Ahead(
            DesiredBounds desired,
            Raise raise,
            AutoscalerView live,
            TargetObservation seen,
            Diagnosis diagnosis,
            List<Demand> demands) {}

    /** Absent for a target without an autoscaler, or whose state is not known by an internal error. */
    private static Optional<Ahead> ahead(
            PreflightTime time, Optional<TargetObservation> seen, Optional<Diagnosis> diagnosis, Instant now) {
        return seen.flatMap(objects -> diagnosis
                .filter(found -> !found.isInternalError())
                .flatMap(found -> objects.autoscaler()
                        .flatMap(live -> time.raise(live, now)
                                .map(raise -> new Ahead(
                                        time.desired(),
                                        raise,
                                        live,
                                        objects,
                                        found,
                                        NewPods.of(objects, raise.to()))))));
    }

    private static Preflight preflight(
            Ahead one, NamespaceRoom room, NamespaceNodes nodes, Observation observation, Instant now) {
        Situation situation = new Situation(
                one.desired(),
                one.raise(),
                one.live(),
                one.seen(),
                one.diagnosis(),
                observation.controllers(),
                room.of(one.raise().at(), one.demands()),
                new NodeRoom(
                        nodes,
                        one.seen(),
                        one.demands(),
                        one.desired().schedule().checks().timeout()),
                now);
        return new Preflight(one.raise(), Checks.of(situation), Checks.unchecked(situation), incurable(one));
    }

    /** The known faults that leave a status stale, where the schedule allows no remedy for it. */
    private static List<Advisory> incurable(Ahead one) {
        boolean mayCure = one.desired().schedule().remedies().stream()
                .anyMatch(remedy -> remedy.type().curesStatus());
        return mayCure || one.seen().rollout().isEmpty()
                ? List.of()
                : one.diagnosis().advisories().stream()
                        .filter(advisory -> advisory.upgrade()
                                .filter(upgrade -> upgrade.ends() == Cause.STALE_REPLICA_SET_CACHE)
                                .isPresent())
                        .toList();
    }

    private static Optional<Instant> next(
            Collection<PreflightTime> raises, Collection<LoweringTime> lowerings, Instant now) {
        return Stream.concat(
                        raises.stream().map(PreflightTime::begins),
                        lowerings.stream().map(LoweringTime::begins))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }
}
