package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides at a commit for which targets the next edge gets a dry run, so that other owners of the fields are known by day and
 * not at 22:30. A target gets another dry run only when a commit changes it.
 *
 * @param policies by source; for a source that applies, the dry run has the whole manifest
 */
public record DryRunPlanner(String instance, Map<String, SourcePolicy> policies) {

    /** The stage that its faults name. */
    public static final String STAGE = "ownership";

    private static final Origin NOWHERE = new Origin("", "", 0);

    public DryRunPlanner {
        policies = Map.copyOf(policies);
    }

    /** The definitions of a target, whichever file they stand in. While they stay the same, no new dry run is needed. */
    public record Subject(ScaleSchedule schedule, Bounds baseline, Map<String, Object> manifest) {}

    /**
     * What there is to do now.
     *
     * @param dryRuns the dry runs to send now
     * @param settled targets without a dry run: no edge ahead writes, or the conflict is reported already
     * @param replicasOwners who applies spec.replicas of workloads that an autoscaler scales; found without a dry run
     * @param faults of the targets whose dry run could not be composed
     */
    public record Planned(
            List<DryRun> dryRuns, Set<Target> settled, List<ReplicasOwner> replicasOwners, Faults faults) {
        public Planned {
            replicasOwners = List.copyOf(replicasOwners);
            dryRuns = List.copyOf(dryRuns);
            settled = Set.copyOf(settled);
        }
    }

    /** Another field manager owns spec.replicas of the target's workload, and applies it again and again. */
    public record ReplicasOwner(Target target, String manager, Workload workload) {}

    /** @param faults of the targets whose subject could not be computed */
    public record Subjects(Map<Target, Subject> byTarget, Faults faults) {
        public Subjects {
            byTarget = Map.copyOf(byTarget);
        }
    }

    public Subjects subjects(Definitions definitions, DesiredState desiredState) {
        Map<ObjectKey, Map<String, Object>> manifests = new HashMap<>();
        for (SourceDefinitions source : definitions.sources()) {
            if (Optional.ofNullable(policies.get(source.source()))
                    .filter(SourcePolicy::apply)
                    .isPresent()) {
                source.manifests().stream()
                        .filter(manifest ->
                                AutoscalerKind.of(manifest.key().kind()).isPresent())
                        .forEach(manifest -> manifests.put(manifest.key(), manifest.content()));
            }
        }
        Guard guard = new Guard(STAGE);
        Map<Target, Subject> subjects = new TreeMap<>();
        desiredState
                .desired()
                .forEach((target, desired) -> guard.run(
                                target,
                                () -> Optional.of(new Subject(
                                        desired.schedule().at(NOWHERE),
                                        desired.baseline(),
                                        manifests.getOrDefault(
                                                desired.schedule()
                                                        .targets()
                                                        .kind()
                                                        .key(target),
                                                Map.of()))),
                                fault -> Optional.<Subject>empty())
                        .ifPresent(subject -> subjects.put(target, subject)));
        return new Subjects(subjects, guard.faults());
    }

    /**
     * The dry runs to send now. A target that has no dry run and is not settled is not ready yet: its object is not observed, held,
     * or about to be written for the present bounds.
     *
     * @param targets those that a commit changed
     * @param later the desired state at an instant ahead
     */
    public Planned plan(
            Set<Target> targets,
            Definitions definitions,
            DesiredState desiredState,
            Function<Instant, DesiredState> later,
            ClusterState cluster,
            Observation observation) {
        Guard guard = new Guard(STAGE);
        Applied applied =
                new Planner(instance, policies).applied(definitions, desiredState, cluster, observation, guard);
        Map<Instant, DesiredState> edges = new HashMap<>();
        List<DryRun> dryRuns = new ArrayList<>();
        Set<Target> settled = new HashSet<>();
        List<ReplicasOwner> owners = new ArrayList<>();
        for (Target target : targets) {
            DesiredBounds desired = desiredState.desired().get(target);
            if (desired == null || applied.isUnknown(target)) {
                continue;
            }
            Supplier<Readiness> readiness = () -> ready(target, desiredState, observation)
                    .filter(live -> !isAboutToBeWritten(desired, live))
                    .map(live -> new Readiness(
                            true,
                            desired.next()
                                    .flatMap(at ->
                                            dryRun(desired, at, edges.computeIfAbsent(at, later), live, applied))))
                    .orElse(Readiness.NOT_READY);
            Readiness found = guard.run(target, readiness, fault -> Readiness.NOT_READY);
            found.dryRun().ifPresent(dryRuns::add);
            if (found.ready()) {
                guard.run(target, () -> replicasOwner(target, observation), fault -> Optional.<ReplicasOwner>empty())
                        .ifPresent(owners::add);
            }
            if (found.ready() && found.dryRun().isEmpty()) {
                settled.add(target);
            }
        }
        return new Planned(dryRuns, settled, owners, guard.faults());
    }

    /**
     * What there is to do where nothing may be written: each target whose workload is observed is settled.
     *
     * @param targets those that a commit changed
     */
    public Planned withoutDryRuns(Set<Target> targets, Observation observation) {
        Guard guard = new Guard(STAGE);
        Set<Target> settled = targets.stream()
                .filter(target -> Optional.ofNullable(observation.targets().get(target))
                        .flatMap(TargetObservation::workload)
                        .isPresent())
                .collect(Collectors.toSet());
        List<ReplicasOwner> owners = settled.stream()
                .sorted()
                .flatMap(target -> guard
                        .run(target, () -> replicasOwner(target, observation), fault -> Optional.<ReplicasOwner>empty())
                        .stream())
                .toList();
        return new Planned(List.of(), settled, owners, guard.faults());
    }

    /** The managedFields of the live workload show the owner; a write through the scale subresource is a person's or an autoscaler's. */
    private static Optional<ReplicasOwner> replicasOwner(Target target, Observation observation) {
        return Optional.ofNullable(observation.targets().get(target))
                .flatMap(TargetObservation::workload)
                .flatMap(workload -> workload.meta().writers().stream()
                        .filter(writer ->
                                writer.ownsReplicas() && writer.subresource().isEmpty())
                        .filter(writer -> FieldManagers.isOtherWriterOfReplicas(writer.manager()))
                        .filter(FieldManagers::isApplier)
                        .reduce((earlier, later) -> later)
                        .map(writer -> new ReplicasOwner(target, writer.manager(), workload)));
    }

    /**
     * Whether a target is ready for a dry run, and its dry run.
     *
     * @param dryRun absent for a target that is ready if the next edge needs no dry run
     */
    private record Readiness(boolean ready, Optional<DryRun> dryRun) {
        static final Readiness NOT_READY = new Readiness(false, Optional.empty());
    }

    /** The live ScaledObject of a target, if Tidewatch may write it. */
    private Optional<AutoscalerView> ready(Target target, DesiredState desiredState, Observation observation) {
        return Optional.ofNullable(observation.targets().get(target))
                .flatMap(TargetObservation::autoscaler)
                .filter(found -> !found.meta().deleting())
                .filter(found -> new WriteExclusion(
                                target, found, instance, Optional.empty(), new Moment(desiredState.at()))
                        .decided()
                        .isEmpty());
    }

    private static boolean isAboutToBeWritten(DesiredBounds desired, AutoscalerView live) {
        return new Ownership(Goal.of(desired), live).verdict() instanceof Verdict.Write;
    }

    private Optional<DryRun> dryRun(
            DesiredBounds desired, Instant at, DesiredState then, AutoscalerView live, Applied applied) {
        Optional<Manifest> manifest = applied.of(desired.target());
        return Optional.ofNullable(then.desired().get(desired.target()))
                .filter(next -> isTried(next, live))
                .map(next -> new DryRun(
                        next,
                        at,
                        desired.bounds(),
                        manifest.map(Manifest::key).orElseGet(() -> live.kind().key(next.target())),
                        live.meta().uid(),
                        ApplyBodies.autoscaler(
                                live.kind(),
                                next.target(),
                                manifest,
                                next.bounds(),
                                next.setsMax(),
                                OwnRecord.first(next, instance, at)),
                        false));
    }

    /** Whether the edge writes. Where the live values are the desired ones already, or a manual raise stays, it does not. */
    private static boolean isTried(DesiredBounds then, AutoscalerView live) {
        Verdict verdict = new Ownership(Goal.of(then), live).verdict();
        return verdict instanceof Verdict.Write || verdict instanceof Verdict.Conflict;
    }
}
