package io.tidewatch.playground.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A StatefulSet's status being computed. It has counters and two revisions, and no conditions. */
final class StatefulSetStatus {
    private final StatefulSetState state;
    private final StatefulSetView set;
    private final Map<String, Object> counters = new LinkedHashMap<>();
    private String currentRevision;

    StatefulSetStatus(StatefulSetState state) {
        this.state = state;
        this.set = state.set();
        this.currentRevision = state.currentRevision();
        count("replicas", pod -> true);
        count("readyReplicas", StatefulPod::isReady);
        count("availableReplicas", pod -> pod.isAvailable(set, state.now()));
        count("currentReplicas", pod -> isAlive(pod, currentRevision));
        count("updatedReplicas", pod -> isAlive(pod, state.updateRevision()));
    }

    private static boolean isAlive(StatefulPod pod, String revision) {
        return !pod.live().deleting() && pod.revision().equals(revision);
    }

    private void count(String counter, Predicate<StatefulPod> counted) {
        counters.put(counter, (int) state.pods().stream().filter(counted).count());
    }

    private int number(String counter) {
        return Fields.at(counters, counter).map(Fields::integer).orElse(0);
    }

    /** A pod is being replaced for an update: it no longer counts as one of the current revision. */
    void replaced(StatefulPod pod) {
        if (pod.revision().equals(currentRevision)) {
            counters.put("currentReplicas", number("currentReplicas") - 1);
        }
    }

    /** The write, if anything changed. */
    Optional<Write> write() {
        if (isUpdateComplete()) {
            currentRevision = state.updateRevision();
            counters.put("currentReplicas", number("updatedReplicas"));
        }
        Map<String, Object> before = set.live().map("status");
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("observedGeneration", set.live().generation());
        after.put("currentRevision", currentRevision);
        after.put("updateRevision", state.updateRevision());
        after.put("collisionCount", 0);
        counters.forEach((counter, value) -> {
            if (value.equals(0) && !List.of("replicas", "availableReplicas").contains(counter)) {
                after.remove(counter);
            } else {
                after.put(counter, value);
            }
        });
        Map<String, Object> patch = Fields.mergePatch(before, after);
        return patch.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Write.PatchStatus(Kind.STATEFUL_SET, set.live().key(), patch));
    }

    private boolean isUpdateComplete() {
        return !set.isOnDelete()
                && number("updatedReplicas") == set.replicas()
                && number("readyReplicas") == set.replicas()
                && number("replicas") == set.replicas();
    }
}
