package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of an object's managedFields, as far as it matters here.
 *
 * @param operation Apply or Update
 * @param subresource empty for the object itself
 * @param ownsMinimum whether it owns the minimum of an autoscaler
 * @param ownsMaximum whether it owns the maximum of an autoscaler
 * @param ownsReplicas whether it owns {@code .spec.replicas}
 * @param annotations those of ours that it owns, by their whole keys
 * @param remedied the fields of a Rollout's spec that it owns of those that a remedy sets, by name
 */
public record FieldWriter(
        String manager,
        String operation,
        String subresource,
        Optional<Instant> time,
        boolean ownsMinimum,
        boolean ownsMaximum,
        boolean ownsReplicas,
        Set<String> annotations,
        Set<String> remedied) {

    public static final String RESTART_AT = "restartAt";
    public static final String PROGRESS_DEADLINE = "progressDeadlineSeconds";

    /** The fields of a Rollout's spec that remedies set. */
    public static final Set<String> REMEDIED = Set.of(RESTART_AT, PROGRESS_DEADLINE);

    public FieldWriter {
        annotations = Set.copyOf(annotations);
        remedied = Set.copyOf(remedied);
    }

    /** The same entry with a time. */
    public FieldWriter writtenAt(Instant at) {
        return new FieldWriter(
                manager,
                operation,
                subresource,
                Optional.of(at),
                ownsMinimum,
                ownsMaximum,
                ownsReplicas,
                annotations,
                remedied);
    }

    public FieldWriter(
            String manager,
            String operation,
            String subresource,
            Optional<Instant> time,
            boolean ownsMinimum,
            boolean ownsMaximum) {
        this(manager, operation, subresource, time, ownsMinimum, ownsMaximum, false, Set.of(), Set.of());
    }
}
