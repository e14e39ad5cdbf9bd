package io.tidewatch.playground.replay;

import io.tidewatch.playground.replay.Trace.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which change comes of which: nothing may be seen before its cause. Held against recordings and runs alike. */
public final class CausalOrder {
    /** Pods and ReplicaSets come by different watches. */
    private static final long SKEW_MILLIS = 25;

    private final Map<String, Map<String, String>> lastPod = new HashMap<>();
    private final Map<String, Map<String, String>> now = new HashMap<>();
    private final Map<String, Integer> pods = new HashMap<>();
    private final Map<String, Integer> readyPods = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    private CausalOrder() {}

    /** Effects that were seen without their cause; empty when there are none. */
    public static List<String> broken(Trace trace) {
        CausalOrder order = new CausalOrder();
        List<Change> pods = trace.changes().stream()
                .filter(change -> change.object().startsWith("Pod "))
                .toList();
        int counted = 0;
        for (Change change : trace.changes()) {
            while (counted < pods.size() && pods.get(counted).at() <= change.at() + SKEW_MILLIS) {
                order.countPods(pods.get(counted++));
            }
            Map<String, String> before = order.now.put(change.object(), change.state());
            if (change.at() >= 0) {
                order.check(change, before == null ? Map.of() : before);
            }
        }
        return order.broken;
    }

    private void check(Change change, Map<String, String> before) {
        if (change.object().startsWith("HorizontalPodAutoscaler") && moved("spec.minReplicas", before, change)) {
            follows(change, "spec.minReplicas", "ScaledObject NAME", "spec.minReplicaCount");
        }
        if (isWorkload(change) && moved("spec.replicas", before, change)) {
            follows(change, "spec.replicas", "HorizontalPodAutoscaler keda-hpa-NAME", "spec.minReplicas");
        }
        if (change.object().startsWith("ReplicaSet")) {
            followsItsSize(change, before, "rollout.argoproj.io", "Rollout NAME");
            followsItsSize(change, before, "deployment.kubernetes.io", "Deployment NAME");
            checkCounters(change, before);
        }
    }

    private static boolean isWorkload(Change change) {
        return List.of("Rollout NAME", "Deployment NAME", "StatefulSet NAME").contains(change.object());
    }

    private void followsItsSize(Change change, Map<String, String> before, String domain, String owner) {
        String desired = "annotations." + domain + "/desired-replicas";
        if (moved(desired, before, change)) {
            follows(change, desired, owner, "spec.replicas");
        }
    }

    /** A ReplicaSet never counts pods that have not been seen, nor ready ones that were not ready. */
    private void checkCounters(Change change, Map<String, String> before) {
        if (number(change.state(), "replicas") > number(before, "replicas")
                && number(change.state(), "replicas") > pods.getOrDefault(change.object(), 0)) {
            broken.add(change.object() + " counts pods that nobody saw, at " + change.at());
        }
        if (number(change.state(), "readyReplicas") > number(before, "readyReplicas")
                && number(change.state(), "readyReplicas") > readyPods.getOrDefault(change.object(), 0)) {
            broken.add(change.object() + " counts ready pods that nobody saw ready, at " + change.at());
        }
    }

    private void countPods(Change change) {
        Map<String, String> before = lastPod.put(change.object(), change.state());
        String replicaSet = "ReplicaSet " + change.object().substring(4).replaceAll("-[a-z0-9]{5}$", "");
        if (before == null) {
            pods.merge(replicaSet, 1, Integer::sum);
        }
        boolean wasReady = before != null && "True/".equals(before.get("ready"));
        if (!wasReady && "True/".equals(change.state().get("ready"))) {
            readyPods.merge(replicaSet, 1, Integer::sum);
        }
    }

    private void follows(Change effect, String field, String causeObject, String causeField) {
        String cause = now.getOrDefault(causeObject, Map.of()).get(causeField);
        if (!effect.state().get(field).equals(cause)) {
            broken.add(effect.object() + " has " + field + " " + effect.state().get(field) + " at " + effect.at()
                    + ", but " + causeObject + " has " + causeField + " " + cause);
        }
    }

    private static boolean moved(String field, Map<String, String> before, Change change) {
        String value = change.state().get(field);
        return before.containsKey(field) && value != null && !value.equals(before.get(field));
    }

    private static int number(Map<String, String> state, String field) {
        return Integer.parseInt(state.getOrDefault(field, "0"));
    }
}
