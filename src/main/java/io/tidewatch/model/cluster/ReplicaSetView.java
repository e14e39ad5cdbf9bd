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
 * @param minReadySeconds for how long a pod must be ready before it counts as available
 * @param replicas status.replicas, which the API server always writes; {@link #NOT_WRITTEN} in a dump without the status. The
 *     other counts are left out where they are 0
 * @param scaleDownDeadline annotation scale-down-deadline
 */
public record ReplicaSetView(
        ObjectMeta meta,
        String podHash,
        OptionalInt desiredReplicas,
        String revision,
        Optional<Instant> scaleDownDeadline,
        int specReplicas,
        int minReadySeconds,
        int replicas,
        int readyReplicas,
        int availableReplicas,
        long observedGeneration,
        Map<String, Condition> conditions) {

    /** In place of a count that is not there or cannot be read; equals no count. */
    public static final int NOT_WRITTEN = -1;

    public ReplicaSetView {
        conditions = Map.copyOf(conditions);
    }
}
