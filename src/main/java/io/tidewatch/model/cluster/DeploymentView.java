package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a Deployment.
 *
 * @param replicas spec.replicas, which the API server always writes
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

    private static final Comparator<ReplicaSetView> BY_REVISION = Comparator.comparingLong(DeploymentView::number)
            .thenComparing(set -> set.meta().name());

    public DeploymentView {
        conditions = Map.copyOf(conditions);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.DEPLOYMENT;
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
    public boolean areReplicasKnown() {
        return replicas.orElse(-1) >= 0;
    }

    @Override
    public Optional<Counters> claimed() {
        boolean isWritten = observedGeneration != 0 || !conditions.isEmpty() || !counters.equals(Counters.ZERO);
        return isWritten ? Optional.of(counters) : Optional.empty();
    }

    /**
     * The ReplicaSet with the Deployment's own revision. While the Deployment is paused, a new template has no ReplicaSet yet, and
     * the newest one stays the current one.
     *
     * @param sets those of the Deployment
     */
    public Optional<ReplicaSetView> current(List<ReplicaSetView> sets) {
        return sets.stream()
                .filter(set -> !set.revision().isEmpty() && set.revision().equals(revision))
                .findFirst()
                .or(() -> sets.stream().max(BY_REVISION));
    }

    /**
     * The newest ReplicaSet of an older template that has pods. Older ones without pods are kept for a return to them.
     *
     * @param sets those of the Deployment
     */
    public Optional<ReplicaSetView> former(List<ReplicaSetView> sets) {
        Optional<ReplicaSetView> current = current(sets);
        return sets.stream()
                .filter(set -> current.filter(set::equals).isEmpty())
                .filter(set -> set.specReplicas() != 0 || set.replicas() != 0)
                .max(BY_REVISION);
    }

    private static long number(ReplicaSetView set) {
        return set.revision().matches("\\d{1,18}") ? Long.parseLong(set.revision()) : 0;
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
