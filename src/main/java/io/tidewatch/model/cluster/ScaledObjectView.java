package io.tidewatch.model.cluster;

import io.tidewatch.model.Bounds;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is read of a ScaledObject.
 *
 * @param hpaName status.hpaName, else the name asked for in its spec, else KEDA's default
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
        Map<String, Condition> conditions) {

    public ScaledObjectView {
        conditions = Map.copyOf(conditions);
    }

    public Bounds bounds() {
        return new Bounds(minReplicaCount.orElse(Bounds.DEFAULT_MIN), maxReplicaCount.orElse(Bounds.DEFAULT_MAX));
    }
}
