package io.tidewatch.observe;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ScaledObject and which HPA scale which workload, by the names that they refer to. */
final class Autoscalers {

    private final ClusterState seen;
    private final Map<Target, ScaledObjectView> scaledObjects = new HashMap<>();
    private final Map<Target, HpaView> hpas = new HashMap<>();

    /** By KEDA's label or the owner: its name is known for sure only once KEDA has written it into the status. */
    private final Map<Target, HpaView> hpaOfScaledObject = new HashMap<>();

    private final Map<WorkloadRef, HpaView> hpaOfWorkload = new HashMap<>();
    private final Map<WorkloadRef, Workload> workloads = new HashMap<>();

    /** The upper links of a chain. */
    record Links(Optional<ScaledObjectView> scaledObject, Optional<HpaView> hpa, Optional<Workload> workload) {}

    Autoscalers(ClusterState seen) {
        this.seen = seen;
        seen.scaledObjects().forEach(view -> scaledObjects.put(key(view.meta()), view));
        seen.hpas().forEach(hpa -> {
            String namespace = hpa.meta().namespace();
            hpas.put(key(hpa.meta()), hpa);
            hpa.scaledObject().ifPresent(owner -> hpaOfScaledObject.put(new Target(namespace, owner), hpa));
            hpaOfWorkload.put(WorkloadRef.of(hpa), hpa);
        });
        seen.replicaSets()
                .forEach(set -> put(new ScaleTargetView(
                        set.meta(),
                        WorkloadKind.REPLICA_SET,
                        "apps/v1",
                        OptionalInt.of(set.specReplicas()),
                        set.replicas() == ReplicaSetView.NOT_WRITTEN
                                ? OptionalInt.empty()
                                : OptionalInt.of(set.replicas()))));
        seen.workloads().forEach(this::put);
    }

    private void put(Workload workload) {
        workloads.put(WorkloadRef.of(workload), workload);
    }

    Optional<ScaledObjectView> scaledObject(Target target) {
        return Optional.ofNullable(scaledObjects.get(target));
    }

    Optional<HpaView> hpa(Target target) {
        return Optional.ofNullable(hpas.get(target));
    }

    /** The links of an HPA without KEDA. */
    Links ofHpa(Target target) {
        return hpa(target)
                .map(this::of)
                .orElseGet(() -> new Links(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** The links of a target: by its ScaledObject, else by an HPA or a workload of this name. */
    Links of(Target target) {
        return scaledObject(target)
                .map(found -> of(target, found))
                .or(() -> hpa(target).map(this::of))
                .orElseGet(() -> Workload.FOLLOWED.stream()
                        .map(kind -> new WorkloadRef(kind, target.namespace(), target.name()))
                        .flatMap(reference -> Stream.ofNullable(workloads.get(reference))
                                .map(found -> new Links(
                                        Optional.empty(),
                                        Optional.ofNullable(hpaOfWorkload.get(reference)),
                                        Optional.of(found))))
                        .findFirst()
                        .orElseGet(() -> new Links(
                                Optional.empty(),
                                Workload.FOLLOWED.stream()
                                        .flatMap(kind -> Stream.ofNullable(hpaOfWorkload.get(
                                                new WorkloadRef(kind, target.namespace(), target.name()))))
                                        .findFirst(),
                                Optional.empty())));
    }

    /** Of the workloads of these targets, the Deployments and StatefulSets. */
    static Set<WorkloadRef> watchedOneByOne(ClusterState seen, Set<Target> targets) {
        Stream<AutoscalerView> autoscalers = Stream.concat(seen.scaledObjects().stream(), seen.hpas().stream());
        return autoscalers
                .filter(autoscaler -> targets.contains(key(autoscaler.meta())))
                .map(WorkloadRef::of)
                .filter(reference -> Workload.WATCHED_ONE_BY_ONE.contains(reference.kind()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of what these targets scale, the objects that are followed to their own count alone. */
    static Map<WorkloadRef, TargetApi> scaleTargets(ClusterState seen, Set<Target> targets) {
        Map<WorkloadRef, TargetApi> scaled = new HashMap<>();
        Stream.concat(seen.hpas().stream().filter(hpa -> hpa.scaledObject().isEmpty()), seen.scaledObjects().stream())
                .filter(autoscaler -> targets.contains(key(autoscaler.meta())))
                .filter(autoscaler -> !Workload.FOLLOWED.contains(autoscaler.targetKind()))
                .forEach(autoscaler -> scaled.put(WorkloadRef.of(autoscaler), autoscaler.targetApi()));
        return Map.copyOf(scaled);
    }

    private Links of(Target target, ScaledObjectView scaledObject) {
        Optional<HpaView> hpa = Optional.ofNullable(hpas.get(new Target(target.namespace(), scaledObject.hpaName())))
                .or(() -> Optional.ofNullable(hpaOfScaledObject.get(target))
                        .filter(labelled -> labelled.targetName().equals(scaledObject.targetName())));
        return new Links(Optional.of(scaledObject), hpa, workload(WorkloadRef.of(scaledObject), hpa));
    }

    private Links of(HpaView hpa) {
        return new Links(Optional.empty(), Optional.of(hpa), workload(WorkloadRef.of(hpa), Optional.of(hpa)));
    }

    /** Of an object that is not watched, what its HPA says of it. */
    private Optional<Workload> workload(WorkloadRef reference, Optional<HpaView> hpa) {
        return Optional.ofNullable(workloads.get(reference))
                .map(found -> found instanceof ScaleTargetView target
                        ? target.or(hpa.map(HpaView::currentReplicas).orElse(OptionalInt.empty()))
                        : found)
                .or(() -> Workload.FOLLOWED.contains(reference.kind()) || seen.isWatched(reference)
                        ? Optional.empty()
                        : hpa.map(found -> new ScaleTargetView(
                                bare(reference), reference.kind(), "", found.currentReplicas(), OptionalInt.empty())));
    }

    private static ObjectMeta bare(WorkloadRef reference) {
        return new ObjectMeta(
                reference.namespace(),
                reference.name(),
                "",
                "",
                0,
                Optional.empty(),
                false,
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                Instant.EPOCH);
    }

    /** All there are: the ScaledObjects, and the Rollouts, other workloads of HPAs that none of them scales. */
    static Set<Target> targets(ClusterState seen) {
        Set<Target> targets = new TreeSet<>();
        Set<WorkloadRef> scaled = new LinkedHashSet<>();
        seen.scaledObjects().forEach(scaledObject -> {
            targets.add(key(scaledObject.meta()));
            scaled.add(WorkloadRef.of(scaledObject));
        });
        Set<WorkloadRef> ofHpas = new LinkedHashSet<>();
        seen.hpas().forEach(hpa -> ofHpas.add(WorkloadRef.of(hpa)));
        seen.workloads().stream()
                .map(WorkloadRef::of)
                .filter(workload -> workload.kind().equals(WorkloadKind.ROLLOUT) || ofHpas.contains(workload))
                .filter(workload -> !scaled.contains(workload))
                .map(workload -> new Target(workload.namespace(), workload.name()))
                .forEach(targets::add);
        return targets;
    }

    static Target key(ObjectMeta meta) {
        return new Target(meta.namespace(), meta.name());
    }
}
