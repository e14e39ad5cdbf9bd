package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Any other object with a scale subresource, for example a ReplicaSet without a Deployment or a custom resource. Nobody knows how
 * its pods are found, so it is followed to its own count.
 *
 * @param meta name and namespace alone where the object itself was not read
 * @param apiVersion empty where the object itself was not read
 * @param replicas spec.replicas as the object or, where it has none or was not read, its HPA says: a custom resource may keep the
 *     number elsewhere
 * @param created status.replicas; absent where the object was not read or writes none
 */
public record ScaleTargetView(
        ObjectMeta meta, WorkloadKind kind, String apiVersion, OptionalInt replicas, OptionalInt created)
        implements Workload {

    /** Whether the object itself was read, and not its HPA alone. */
    public boolean isRead() {
        return !apiVersion.isEmpty();
    }

    /** Whether the object itself was read, and says nothing of how many it has created. */
    public boolean isUncounted() {
        return isRead() && created.isEmpty();
    }

    @Override
    public int desiredReplicas() {
        return replicas.orElse(0);
    }

    @Override
    public boolean areReplicasKnown() {
        return replicas.orElse(-1) >= 0;
    }

    /** The same with the number that its HPA says, where the object itself says none. */
    public ScaleTargetView or(OptionalInt ofHpa) {
        return replicas.isPresent() ? this : new ScaleTargetView(meta, kind, apiVersion, ofHpa, created);
    }

    @Override
    public int minReadySeconds() {
        return 0;
    }

    @Override
    public Optional<Counters> claimed() {
        return Optional.empty();
    }

    @Override
    public Map<String, Condition> conditions() {
        return Map.of();
    }

    @Override
    public boolean isFollowed() {
        return false;
    }

    /** Its controller is not known. */
    @Override
    public boolean isObserved() {
        return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.scaleTarget(this);
    }
}
