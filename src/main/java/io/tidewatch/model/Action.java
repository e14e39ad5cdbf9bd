package io.tidewatch.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Something that changes the cluster. Remedies are actions like any other. */
public sealed interface Action {

    Target target();

    /** Why, in a few words that a person reads. */
    String reason();

    /**
     * Sets the floor of a ScaledObject that is not applied from a source, and our annotations, in one server-side apply.
     *
     * @param on the object's life and version that the decision was made on
     * @param from the live minimum; absent where none is written
     * @param to the whole of what we own: minimum, and the maximum where it is ours
     * @param force take the field over from whoever owns it
     */
    record SetMinReplicas(
            Target target,
            Version on,
            OptionalInt from,
            int to,
            OptionalInt max,
            Map<String, String> annotations,
            boolean force,
            String reason)
            implements Action {
        public SetMinReplicas {
            annotations = Map.copyOf(annotations);
        }
    }

    /**
     * Applies an object that a source declares, the wanted minimum in place of the written one.
     *
     * @param on absent: the object must not exist yet
     * @param content the whole manifest
     */
    record ApplyManifest(
            Target target,
            ObjectKey key,
            Optional<Version> on,
            Map<String, Object> content,
            boolean force,
            Commit commit,
            String reason)
            implements Action {}

    /**
     * Annotates ReplicaSets, so that the Rollouts controller reads them anew (argo-rollouts#4047).
     *
     * @param attempt 1-based
     * @param annotations what the ScaledObject shall remember of it, written first
     */
    record NudgeReplicaSets(
            Target target,
            Optional<Version> scaledObject,
            List<ReplicaSetVersion> replicaSets,
            int attempt,
            int attempts,
            Instant at,
            Map<String, String> annotations,
            String reason)
            implements Action {
        public NudgeReplicaSets {
            replicaSets = List.copyOf(replicaSets);
            annotations = Map.copyOf(annotations);
        }
    }

    /** A life (uid) and a version (resourceVersion) of an object. */
    record Version(String uid, String resourceVersion) {}

    record ReplicaSetVersion(String name, Version version) {}
}
