package io.tidewatch.model.cluster;

import io.tidewatch.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The chain of one target as it stands: ScaledObject → HPA → Rollout → ReplicaSets → pods.
 *
 * @param replicaSets those that the Rollout owns by uid
 * @param pods those that these ReplicaSets own by uid
 * @param missing kinds that could not be seen (a cache out of sync, not in the dump), which is not the same as absent
 */
public record TargetObservation(
        Target target,
        Optional<ScaledObjectView> scaledObject,
        Optional<HpaView> hpa,
        Optional<RolloutView> rollout,
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
}
