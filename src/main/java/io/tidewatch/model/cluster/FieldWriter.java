package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of an object's managedFields, as far as it matters here.
 *
 * @param operation Apply or Update
 * @param subresource empty for the object itself
 * @param ownsMinimum whether it owns {@code .spec.minReplicaCount}
 * @param ownsMaximum whether it owns {@code .spec.maxReplicaCount}
 * @param ownsReplicas whether it owns {@code .spec.replicas}
 * @param annotations those of ours that it owns, by their whole keys
 */
public record FieldWriter(
        String manager,
        String operation,
        String subresource,
        Optional<Instant> time,
        boolean ownsMinimum,
        boolean ownsMaximum,
        boolean ownsReplicas,
        Set<String> annotations) {

    public FieldWriter {
        annotations = Set.copyOf(annotations);
    }

    public FieldWriter(
            String manager,
            String operation,
            String subresource,
            Optional<Instant> time,
            boolean ownsMinimum,
            boolean ownsMaximum) {
        this(manager, operation, subresource, time, ownsMinimum, ownsMaximum, false, Set.of());
    }
}
