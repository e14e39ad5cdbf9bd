package io.tidewatch.model.cluster;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The chain of one target as it stands: ScaledObject → HPA → workload → ReplicaSets → pods.
 *
 * @param workload what the HPA scales
 * @param replicaSets those that the workload owns by uid; a StatefulSet has none
 * @param pods those that these ReplicaSets, or the StatefulSet, own by uid
 * @param missing kinds that could not be seen (a cache out of sync, not in the dump), which is not the same as absent
 */
public record TargetObservation(
        Target target,
        Optional<ScaledObjectView> scaledObject,
        Optional<HpaView> hpa,
        Optional<Workload> workload,
        List<ReplicaSetView> replicaSets,
        List<PodView> pods,
        List<EventView> events,
        Set<String> missing) {

    public TargetObservation {
        replicaSets = List.copyOf(replicaSets);
        pods = List.copyOf(pods);
        events = List.copyOf(events);
        missing = Set.copyOf(missing);
    }

    /** The object whose minimum is set: the ScaledObject, or an HPA without KEDA of the target's name. */
    public Optional<AutoscalerView> autoscaler() {
        return scaledObject
                .map(AutoscalerView.class::cast)
                .or(() -> hpa.filter(found -> found.meta().name().equals(target.name())
                        && found.scaledObject().isEmpty()));
    }

    /** The kind of the workload, whether it was seen or not; Rollout where nothing refers to one. */
    public WorkloadKind workloadKind() {
        return workload.map(Workload::kind)
                .or(() -> scaledObject.map(ScaledObjectView::targetKind))
                .or(() -> hpa.map(HpaView::targetKind))
                .orElse(WorkloadKind.ROLLOUT);
    }

    /** spec.replicas of the workload; absent where it was not seen, or cannot be known. */
    public OptionalInt replicas() {
        return workload.filter(found -> !missing.contains(Lack.replicasOf(found.kind())))
                .map(found -> OptionalInt.of(found.desiredReplicas()))
                .orElse(OptionalInt.empty());
    }

    /** Whether a new pod template is on its way to the workload's pods; false where that was not seen. */
    public boolean hasUpdateInFlight() {
        return workload.filter(found -> found.accept(new UpdateInFlight(replicaSets, pods)))
                .isPresent();
    }

    /** The workload, where it is a Rollout. */
    public Optional<RolloutView> rollout() {
        return workload.filter(RolloutView.class::isInstance).map(RolloutView.class::cast);
    }

    /** The workload, where it is a StatefulSet. */
    public Optional<StatefulSetView> statefulSet() {
        return workload.filter(StatefulSetView.class::isInstance).map(StatefulSetView.class::cast);
    }
}
