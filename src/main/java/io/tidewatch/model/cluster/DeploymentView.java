package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a Deployment.
 *
 * @param replicas spec.replicas; absent counts as 1
 * @param paused spec.paused: template changes wait, scaling does not
 * @param maxUnavailable of a rolling update, as written: a number or a percentage of spec.replicas; absent where all pods are
 *     replaced at once (Recreate)
 * @param minReadySeconds for how long a pod must be ready before it counts as available; its ReplicaSets take it over
 * @param revision annotation deployment.kubernetes.io/revision, which its current ReplicaSet has too
 * @param selector of its ReplicaSets and pods
 * @param observedGeneration 0 where no controller has written a status
 */
public record DeploymentView(
        ObjectMeta meta,
        OptionalInt replicas,
        boolean paused,
        Optional<String> maxUnavailable,
        int minReadySeconds,
        String revision,
        PodSelector selector,
        long observedGeneration,
        Counters counters,
        Map<String, Condition> conditions)
        implements Workload {

    public static final String KIND = "Deployment";

    public DeploymentView {
        conditions = Map.copyOf(conditions);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String apiVersion() {
        return "apps/v1";
    }

    @Override
    public int desiredReplicas() {
        return replicas.orElse(1);
    }

    @Override
    public Optional<Counters> claimed() {
        boolean isWritten = observedGeneration != 0 || !conditions.isEmpty() || !counters.equals(Counters.ZERO);
        return isWritten ? Optional.of(counters) : Optional.empty();
    }

    /** How many pods of an update may be down at a time: a share is rounded down, and never more than there are. */
    public int mayBeDown() {
        return maxUnavailable
                .map(written -> Shares.ofReplicas(written, desiredReplicas()))
                .orElse(0);
    }

    @Override
    public boolean isObserved() {
        return observedGeneration >= meta.generation();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.deployment(this);
    }
}
