package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a ReplicaSet of a Rollout.
 *
 * @param podHash label rollouts-pod-template-hash
 * @param desiredReplicas annotation rollout.argoproj.io/desired-replicas
 * @param scaleDownDeadline annotation scale-down-deadline
 */
public record ReplicaSetView(
        ObjectMeta meta,
        String podHash,
        OptionalInt desiredReplicas,
        String revision,
        Optional<Instant> scaleDownDeadline,
        int specReplicas,
        int replicas,
        int readyReplicas,
        int availableReplicas,
        long observedGeneration,
        Map<String, Condition> conditions) {

    public ReplicaSetView {
        conditions = Map.copyOf(conditions);
    }
}
