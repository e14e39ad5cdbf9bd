package io.tidewatch.plan;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows which autoscaler scales which workload: as declared in the source, else as observed in the cluster. */
final class Scalers {

    private final Map<WorkloadRef, Target> autoscalerOf = new HashMap<>();
    private final Map<Target, Integer> minimums = new HashMap<>();
    private final Map<WorkloadRef, Integer> hpaMinimums = new HashMap<>();

    /** The Rollout that has its pod template from a workload. */
    private final Map<WorkloadRef, WorkloadRef> rolloutOf = new HashMap<>();

    /** @param declared the objects of the source that declares the workloads */
    Scalers(Collection<Manifest> declared, ClusterState cluster, DesiredState desiredState) {
        this(
                declared,
                cluster.hpas(),
                cluster.scaledObjects(),
                cluster.workloads(),
                desiredState.desired(),
                desiredState.hpas());
    }

    /** @param scheduled the HPAs that schedules name */
    Scalers(
            Collection<Manifest> declared,
            Collection<HpaView> hpas,
            Collection<ScaledObjectView> scaledObjects,
            Collection<Workload> workloads,
            Map<Target, DesiredBounds> desired,
            Set<Target> scheduled) {
        hpas.forEach(hpa -> live(hpa, scheduled));
        scaledObjects.forEach(this::live);
        declared.stream()
                .flatMap(manifest -> AutoscalerSpec.of(manifest).stream())
                .forEach(this::declared);
        workloads.stream()
                .filter(RolloutView.class::isInstance)
                .map(RolloutView.class::cast)
                .forEach(this::live);
        declared.stream()
                .filter(manifest -> manifest.key().kind().equals(RolloutView.KIND))
                .forEach(this::declaredRollout);
        desired.values().forEach(this::desired);
    }

    /** The autoscaler that is the target of a workload: a ScaledObject, or an HPA that a schedule names or the source declares. */
    Optional<Target> of(ObjectKey workload) {
        return Optional.ofNullable(autoscalerOf.get(WorkloadRef.of(workload)));
    }

    /** The same, and for a Deployment that holds the pod template of a Rollout the target of that Rollout. */
    Optional<Target> targetOf(ObjectKey workload) {
        return of(workload)
                .or(() -> Optional.ofNullable(rolloutOf.get(WorkloadRef.of(workload)))
                        .flatMap(rollout -> Optional.ofNullable(autoscalerOf.get(rollout))));
    }

    /** The pods that the autoscaler will ask for at least; absent: nothing scales the workload. */
    Optional<Integer> minimumOf(ObjectKey workload) {
        return of(workload)
                .flatMap(autoscaler -> Optional.ofNullable(minimums.get(autoscaler)))
                .or(() -> Optional.ofNullable(hpaMinimums.get(WorkloadRef.of(workload))));
    }

    private void live(HpaView hpa, Set<Target> scheduled) {
        hpaMinimums.put(WorkloadRef.of(hpa), hpa.bounds().min());
        if (scheduled.contains(target(hpa))) {
            live(hpa);
        }
    }

    private void live(AutoscalerView autoscaler) {
        autoscalerOf.put(WorkloadRef.of(autoscaler), target(autoscaler));
        minimums.put(target(autoscaler), autoscaler.bounds().min());
    }

    private void declared(AutoscalerSpec autoscaler) {
        autoscalerOf.put(
                new WorkloadRef(
                        new WorkloadKind(autoscaler.targetGroup(), autoscaler.targetKind()),
                        autoscaler.target().namespace(),
                        autoscaler.targetName()),
                autoscaler.target());
        minimums.put(autoscaler.target(), autoscaler.bounds().min());
    }

    private void live(RolloutView rollout) {
        rollout.workloadRef().ifPresent(holder -> rolloutOf.put(holder, WorkloadRef.of(rollout)));
    }

    private void declaredRollout(Manifest rollout) {
        if (rollout.content().get("spec") instanceof Map<?, ?> spec
                && spec.get("workloadRef") instanceof Map<?, ?> reference
                && reference.get("kind") instanceof String kind
                && reference.get("name") instanceof String name) {
            String apiVersion = reference.get("apiVersion") instanceof String written ? written : "";
            WorkloadKind holder = WorkloadKind.referred(apiVersion, kind);
            rolloutOf.put(new WorkloadRef(holder, rollout.key().namespace(), name), WorkloadRef.of(rollout.key()));
        }
    }

    private void desired(DesiredBounds desired) {
        minimums.put(desired.target(), desired.bounds().min());
    }

    private static Target target(AutoscalerView autoscaler) {
        return new Target(autoscaler.meta().namespace(), autoscaler.meta().name());
    }
}
