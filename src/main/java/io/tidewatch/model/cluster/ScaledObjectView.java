package io.tidewatch.model.cluster;

import io.tidewatch.model.Bounds;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a ScaledObject.
 *
 * @param hpaName status.hpaName, else the name asked for in its spec, else KEDA's default
 * @param fallback what KEDA answers for triggers that fail; absent where the spec asks for none
 * @param targetKind of spec.scaleTargetRef
 */
public record ScaledObjectView(
        ObjectMeta meta,
        OptionalInt minReplicaCount,
        OptionalInt maxReplicaCount,
        OptionalInt idleReplicaCount,
        String targetKind,
        String targetName,
        String hpaName,
        Optional<Fallback> fallback,
        Map<String, Condition> conditions) {

    public ScaledObjectView {
        conditions = Map.copyOf(conditions);
    }

    /**
     * The fallback of a ScaledObject, with the triggers that fail now.
     *
     * @param replicas spec.fallback.replicas
     * @param failing how often each metric in status.health has failed one time after the other
     */
    public record Fallback(int replicas, Map<String, Integer> failing) {

        public Fallback {
            failing = Map.copyOf(failing);
        }
    }

    public Bounds bounds() {
        return new Bounds(minReplicaCount.orElse(Bounds.DEFAULT_MIN), maxReplicaCount.orElse(Bounds.DEFAULT_MAX));
    }
}
