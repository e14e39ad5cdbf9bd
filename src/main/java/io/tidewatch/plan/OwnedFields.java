package io.tidewatch.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The leaf fields that a manager owns by server-side apply, read from managedFields; a list counts as one leaf. */
final class OwnedFields {

    private static final String FIELD = "f:";

    private OwnedFields() {}

    static List<List<String>> of(Map<String, Object> live, String manager) {
        List<List<String>> leaves = new ArrayList<>();
        if (live.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> all) {
            for (Object entry : all) {
                if (entry instanceof Map<?, ?> fields
                        && manager.equals(fields.get("manager"))
                        && "Apply".equals(fields.get("operation"))
                        && fields.get("fieldsV1") instanceof Map<?, ?> set) {
                    collect(set, List.of(), leaves);
                }
            }
        }
        return leaves;
    }

    private static void collect(Map<?, ?> set, List<String> path, List<List<String>> leaves) {
        boolean leaf = true;
        for (Map.Entry<?, ?> entry : set.entrySet()) {
            if (String.valueOf(entry.getKey()).startsWith(FIELD)) {
                leaf = false;
                List<String> below = new ArrayList<>(path);
                below.add(String.valueOf(entry.getKey()).substring(FIELD.length()));
                collect(entry.getValue() instanceof Map<?, ?> map ? map : Map.of(), List.copyOf(below), leaves);
            }
        }
        if (leaf && !path.isEmpty()) {
            leaves.add(path);
        }
    }
}
