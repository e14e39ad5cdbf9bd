package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of a pod.
 *
 * @param containers init containers first
 */
public record PodView(
        ObjectMeta meta,
        String phase,
        String reason,
        String nodeName,
        Optional<Instant> startTime,
        Map<String, Condition> conditions,
        List<Container> containers) {

    /** The label with which a StatefulSet's controller names the revision of a pod. */
    public static final String REVISION = "controller-revision-hash";

    public PodView {
        conditions = Map.copyOf(conditions);
        containers = List.copyOf(containers);
    }

    /**
     * The API server writes a phase from the first moment on, and the kubelet the condition Ready beside Running; a pod without
     * them was printed without its status.
     */
    public boolean hasStatus() {
        return phase.equals("Running") ? conditions.containsKey("Ready") : !phase.isEmpty();
    }

    public boolean isReady() {
        Condition ready = conditions.get("Ready");
        return ready != null && ready.isTrue() && !meta.deleting();
    }

    /**
     * @param waitingReason empty while it does not wait
     * @param terminatedReason of its current or last termination; empty if there was none
     * @param servedSinceStart it runs, and the pod ceased to be ready after it had started: no crash made it so
     */
    public record Container(
            String name,
            String image,
            boolean init,
            boolean ready,
            int restarts,
            String waitingReason,
            String waitingMessage,
            String terminatedReason,
            int exitCode,
            boolean servedSinceStart) {}
}
