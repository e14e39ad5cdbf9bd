package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import io.tidewatch.model.DeletedClaims;
import io.tidewatch.model.WorkloadKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a StatefulSet.
 *
 * @param replicas spec.replicas, which the API server always writes
 * @param parallel podManagementPolicy Parallel: no ordinal waits for another
 * @param firstOrdinal spec.ordinals.start
 * @param update how a new template reaches the pods
 * @param minReadySeconds for how long a pod must be ready before it counts as available
 * @param deletedClaims the claims that scaling down deletes with their pods, and the data with them; none where they are kept
 * @param selector of its pods
 * @param observedGeneration 0 where no controller has written a status
 * @param pod what one of its pods asks for; absent where its template was not read
 */
public record StatefulSetView(
        ObjectMeta meta,
        OptionalInt replicas,
        boolean parallel,
        int firstOrdinal,
        Update update,
        int minReadySeconds,
        DeletedClaims deletedClaims,
        PodSelector selector,
        long observedGeneration,
        String currentRevision,
        String updateRevision,
        Counters counters,
        Map<String, Condition> conditions,
        Optional<PodNeeds> pod)
        implements Workload {

    public static final String KIND = "StatefulSet";

    /**
     * The update strategy.
     *
     * @param onDelete a pod gets the new template only when somebody deletes it
     * @param partition only pods from here on get the new template, counted from the first ordinal
     * @param maxUnavailable as written: a number or a percentage
     */
    public record Update(boolean onDelete, int partition, String maxUnavailable) {}

    public StatefulSetView {
        conditions = Map.copyOf(conditions);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.STATEFUL_SET;
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
        boolean isWritten = observedGeneration != 0 || !counters.equals(Counters.ZERO);
        return isWritten ? Optional.of(counters) : Optional.empty();
    }

    /** How many pods of an update may be down at a time; at least one. */
    public int mayBeDown() {
        return Math.max(1, Shares.ofReplicas(update.maxUnavailable(), desiredReplicas()));
    }

    /** Whether a new template is on its way to pods that are to get it; a partition that is done is not. */
    public boolean hasNewRevision() {
        return !currentRevision.isEmpty() && !updateRevision.isEmpty() && !currentRevision.equals(updateRevision);
    }

    /** The ordinal of a pod, which its name has after that of the StatefulSet; -1 of a pod with another name, which is no member. */
    public int ordinal(PodView pod) {
        String prefix = meta.name() + "-";
        String name = pod.meta().name();
        String end = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return end.matches("\\d{1,9}") ? Integer.parseInt(end) : -1;
    }

    /**
     * Whether all pods that are to have the newest template have it. With a partition two revisions stay on purpose; with OnDelete a
     * person decides when a pod changes. A pod that is being deleted does not count.
     *
     * @param pods those of the StatefulSet
     */
    public boolean isRolledOut(List<PodView> pods) {
        return !hasNewRevision()
                || update.onDelete()
                || pods.stream()
                        .filter(pod -> !pod.meta().deleting() && ordinal(pod) >= 0)
                        .filter(pod -> ordinal(pod) - firstOrdinal >= update.partition())
                        .allMatch(this::isUpdated);
    }

    /** Whether a pod has the newest template. */
    public boolean isUpdated(PodView pod) {
        return pod.meta().label(PodView.REVISION).filter(updateRevision::equals).isPresent();
    }

    @Override
    public boolean isObserved() {
        return observedGeneration >= meta.generation();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.statefulSet(this);
    }
}
