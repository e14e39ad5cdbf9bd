package io.tidewatch.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Removes from a dump, of one object or of all of its kind, what a tool or another version leaves out: the status, a count that
 * is not 0, a condition, the uid, the owner or managedFields.
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

    private Removal() {}

    /** A copy with one removal, and what was removed, for the message of a failure. */
    record Removed(List<Map<String, Object>> objects, String what) {}

    static Removed of(List<Map<String, Object>> original, SplittableRandom random) {
        List<Map<String, Object>> copy = Mutation.copy(original);
        if (copy.isEmpty()) {
            return new Removed(copy, "nothing");
        }
        Map<String, Object> object = copy.get(random.nextInt(copy.size()));
        Object kind = object.get("kind");
        List<Map<String, Object>> from = random.nextInt(3) == 0
                ? copy.stream()
                        .filter(one -> String.valueOf(kind).equals(one.get("kind")))
                        .toList()
                : List.of(object);
        int what = random.nextInt(6);
        from.forEach(one -> remove(one, what));
        return new Removed(
                copy,
                List.of("status", "count", "condition", "uid", "owner", "managedFields")
                                .get(what) + " of " + from.size() + " " + kind);
    }

    private static void remove(Map<String, Object> object, int what) {
        switch (what) {
            case 0 -> object.remove("status");
            case 1 -> count(object);
            case 2 -> condition(object);
            case 3 -> meta(object, "uid");
            case 4 -> meta(object, "ownerReferences");
            default -> meta(object, "managedFields");
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
