package io.tidewatch.playground.sim;

import java.util.Map;

/** One request that a simulated controller wants to send, in the order in which the real one sends it. */
sealed interface Write {

    record Create(Kind kind, String namespace, Map<String, Object> object) implements Write {}

    /** A merge patch. With a {@code metadata.resourceVersion} in it, an outdated version is answered with 409. */
    record Patch(Kind kind, ObjectKey key, Map<String, Object> patch) implements Write {}

    record PatchStatus(Kind kind, ObjectKey key, Map<String, Object> status) implements Write {}

    record SetScale(Kind kind, ObjectKey key, int replicas) implements Write {}

    /** Assigns a pod to a node. */
    record Bind(ObjectKey pod, String node) implements Write {}

    /** At once: no kubelet of a simulated node would end a grace period. */
    record Delete(Kind kind, ObjectKey key) implements Write {}

    /** A Kubernetes Event about an object. */
    record Announce(Regarding regarding, String type, String reason, String message) implements Write {

        static Announce normal(Kind kind, Live about, String reason, String message) {
            return new Announce(Regarding.of(kind, about), "Normal", reason, message);
        }

        static Announce warning(Kind kind, Live about, String reason, String message) {
            return new Announce(Regarding.of(kind, about), "Warning", reason, message);
        }
    }

    /** What an Event is about. */
    record Regarding(Kind kind, ObjectKey key, String uid) {
        static Regarding of(Kind kind, Live live) {
            return new Regarding(kind, live.key(), live.uid());
        }
    }
}
