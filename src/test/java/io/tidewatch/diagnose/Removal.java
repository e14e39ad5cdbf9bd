package io.tidewatch.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Removes from a dump, of one object or of all of its kind, what a tool or another version leaves out: the status, a count that
 * is not 0, a condition, the uid, the owner, managedFields or the number that a spec asks for.
 */
final class Removal {

    private static final Set<String> COUNTS = Set.of(
            "replicas",
            "readyReplicas",
            "availableReplicas",
            "updatedReplicas",
            "HPAReplicas",
            "currentReplicas",
            "desiredReplicas");

    private static final Set<String> NUMBERED =
            Set.of("Rollout", "Deployment", "StatefulSet", "ReplicaSet", "HorizontalPodAutoscaler");

    private Removal() {}

    /** A copy with one removal, and what was removed, for the message of a failure. */
    record Removed(List<Map<String, Object>> objects, String what) {}

    static Removed of(List<Map<String, Object>> original, SplittableRandom random) {
        if (original.isEmpty()) {
            return new Removed(original, "nothing");
        }
        Map<String, Object> object = original.get(random.nextInt(original.size()));
        Object kind = object.get("kind");
        boolean isOfAll = random.nextInt(3) == 0;
        int what = random.nextInt(7);
        List<Map<String, Object>> copy = new ArrayList<>(original);
        int from = 0;
        for (int i = 0; i < copy.size(); i++) {
            Map<String, Object> one = copy.get(i);
            if (isOfAll ? String.valueOf(kind).equals(one.get("kind")) : one == object) {
                copy.set(i, Mutation.copyMap(one));
                remove(copy.get(i), what);
                from++;
            }
        }
        return new Removed(
                copy,
                List.of("status", "count", "condition", "uid", "owner", "managedFields", "number of the spec")
                                .get(what) + " of " + from + " " + kind);
    }

    private static void remove(Map<String, Object> object, int what) {
        switch (what) {
            case 0 -> object.remove("status");
            case 1 -> count(object);
            case 2 -> condition(object);
            case 3 -> meta(object, "uid");
            case 4 -> meta(object, "ownerReferences");
            case 6 -> spec(object);
            default -> meta(object, "managedFields");
        }
    }

    /** Only where a controller or the API server always writes it; a custom resource may keep its number elsewhere. */
    private static void spec(Map<String, Object> object) {
        if (NUMBERED.contains(String.valueOf(object.get("kind"))) && object.get("spec") instanceof Map<?, ?> spec) {
            spec.keySet().removeAll(Set.of("replicas", "minReplicas"));
        }
    }

    private static void count(Map<String, Object> object) {
        if (object.get("status") instanceof Map<?, ?> status) {
            status.keySet().stream()
                    .filter(COUNTS::contains)
                    .filter(key -> !Integer.valueOf(0).equals(status.get(key)))
                    .skip(status.size() % 3)
                    .findFirst()
                    .ifPresent(status::remove);
        }
    }

    private static void condition(Map<String, Object> object) {
        if (object.get("status") instanceof Map<?, ?> status
                && status.get("conditions") instanceof List<?> conditions
                && !conditions.isEmpty()) {
            List<Object> fewer = new ArrayList<>(conditions);
            fewer.remove(0);
            @SuppressWarnings("unchecked")
            Map<String, Object> written = (Map<String, Object>) status;
            written.put("conditions", fewer);
        }
    }

    private static void meta(Map<String, Object> object, String field) {
        if (object.get("metadata") instanceof Map<?, ?> meta) {
            meta.remove(field);
        }
    }
}
