package io.tidewatch.playground.replay;

import io.tidewatch.playground.replay.Trace.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds of every update of a basic canary or of a Deployment, however the pods' readiness fell: the sizes on the way are chance, these
 * facts are not. Held against recordings and runs alike.
 */
public final class RollingUpdate {
    private static final Set<String> COUNTERS = Set.of(
            "HPAReplicas", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas");

    private RollingUpdate() {}

    /** The workload's states without its counters: phase, message, conditions, hashes, in order. */
    public static Map<String, List<Change>> withoutCounters(Trace trace) {
        List<Change> kept = new ArrayList<>();
        String workload = workload(trace);
        trace.byObject().get(workload).forEach(change -> {
            Map<String, String> state = new TreeMap<>(change.state());
            state.keySet().removeAll(COUNTERS);
            if (kept.isEmpty() || !kept.get(kept.size() - 1).state().equals(state)) {
                kept.add(new Change(change.at(), change.object(), state));
            }
        });
        return Map.of(workload, kept);
    }

    private static String workload(Trace trace) {
        return trace.byObject().keySet().stream()
                .filter(object -> isWorkload(object))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isWorkload(String object) {
        return object.startsWith("Rollout ") || object.startsWith("Deployment ");
    }

    /** Facts that do not hold; empty when all do. */
    public static List<String> broken(Trace trace, int maxSurge) {
        List<String> broken = new ArrayList<>();
        Map<String, List<Map<String, String>>> seen = new HashMap<>();
        Set<String> appeared = new HashSet<>();
        for (Change change : trace.changes()) {
            if (change.object().startsWith("ReplicaSet")) {
                List<Map<String, String>> states = seen.computeIfAbsent(change.object(), key -> new ArrayList<>());
                if (states.isEmpty() && change.at() >= 0) {
                    appeared.add(change.object());
                }
                checkDirection(change, states, appeared, broken);
                states.add(change.state());
                checkSurge(trace, seen, maxSurge, broken, change);
            } else if (isWorkload(change.object()) && change.at() >= 0) {
                checkSum(change, seen, broken, "replicas");
                checkSum(change, seen, broken, "readyReplicas");
                checkSum(change, seen, broken, "availableReplicas");
            }
        }
        return broken;
    }

    /** A ReplicaSet that was there before only shrinks, a new one only grows. */
    private static void checkDirection(
            Change change, List<Map<String, String>> states, Set<String> appeared, List<String> broken) {
        if (states.isEmpty()) {
            return;
        }
        int from = number(states.get(states.size() - 1), "spec.replicas");
        int to = number(change.state(), "spec.replicas");
        boolean isNew = appeared.contains(change.object());
        if (isNew ? to < from : to > from) {
            broken.add(change.object() + " goes from " + from + " to " + to + " at " + change.at());
        }
    }

    private static void checkSurge(
            Trace trace,
            Map<String, List<Map<String, String>>> seen,
            int maxSurge,
            List<String> broken,
            Change change) {
        int desired = number(trace.byObject().get(workload(trace)).get(0).state(), "spec.replicas");
        int asked = seen.values().stream()
                .mapToInt(states -> number(states.get(states.size() - 1), "spec.replicas"))
                .sum();
        if (asked > desired + maxSurge) {
            broken.add(asked + " pods asked for at " + change.at() + ", " + desired + " + " + maxSurge + " allowed");
        }
    }

    /** The controller's caches may lag, each ReplicaSet's by itself: the sum must be one of what they showed so far. */
    private static void checkSum(
            Change change, Map<String, List<Map<String, String>>> seen, List<String> broken, String counter) {
        Set<Integer> sums = Set.of(0);
        for (List<Map<String, String>> states : seen.values()) {
            Set<Integer> more = new HashSet<>();
            for (int sum : sums) {
                states.forEach(state -> more.add(sum + number(state, counter)));
                more.add(sum);
            }
            sums = more;
        }
        int claimed = number(change.state(), counter);
        if (!sums.contains(claimed)) {
            broken.add(change.object() + " says " + counter + " " + claimed + " at " + change.at()
                    + ", the ReplicaSets never did");
        }
    }

    private static int number(Map<String, String> state, String field) {
        return Integer.parseInt(state.getOrDefault(field, "0"));
    }
}
