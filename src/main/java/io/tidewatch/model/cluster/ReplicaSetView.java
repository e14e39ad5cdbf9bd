package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a ReplicaSet of a Rollout or of a Deployment.
 *
 * @param podHash label rollouts-pod-template-hash of a Rollout's, pod-template-hash of a Deployment's
 * @param desiredReplicas annotation desired-replicas of the Rollouts or of the Deployment controller
 * @param specReplicas spec.replicas, which the API server always writes; {@link #NOT_WRITTEN} where it is not there or cannot be read
 * @param minReadySeconds for how long a pod must be ready before it counts as available
 * @param replicas status.replicas, which the API server always writes; {@link #NOT_WRITTEN} in a dump without the status. The
 *     other counts are left out where they are 0
 * @param pod what one of its pods asks for; absent where it has none, or its template was not read
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
        Map<String, Condition> conditions,
        Optional<PodNeeds> pod) {

    /** In place of a count that is not there or cannot be read; equals no count. */
    public static final int NOT_WRITTEN = -1;

    /** One whose template was not read. */
    public ReplicaSetView(
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
        this(
                meta,
                podHash,
                desiredReplicas,
                revision,
                scaleDownDeadline,
                specReplicas,
                minReadySeconds,
                replicas,
                readyReplicas,
                availableReplicas,
                observedGeneration,
                conditions,
                Optional.empty());
    }

    public ReplicaSetView {
        conditions = Map.copyOf(conditions);
    }
}
