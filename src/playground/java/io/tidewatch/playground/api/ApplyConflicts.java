package io.tidewatch.playground.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The 409 of an apply that met other owners, in the words of apimachinery's {@code managedfields/internal/conflict.go}. */
final class ApplyConflicts {

    private ApplyConflicts() {}

    static ApiFailure failure(List<Ownership.Conflict> conflicts) {
        List<ApiFailure.Cause> causes = new ArrayList<>();
        for (Ownership.Conflict conflict : conflicts) {
            causes.add(new ApiFailure.Cause(
                    "FieldManagerConflict",
                    "conflict with " + conflict.owner().described(),
                    conflict.field().toString()));
        }
        return ApiFailure.applyConflict(message(conflicts), causes);
    }

    private static String message(List<Ownership.Conflict> conflicts) {
        if (conflicts.size() == 1) {
            Ownership.Conflict only = conflicts.get(0);
            return "Apply failed with 1 conflict: conflict with " + only.owner().described() + ": " + only.field();
        }
        Map<String, List<String>> byOwner = new TreeMap<>();
        for (Ownership.Conflict conflict : conflicts) {
            byOwner.computeIfAbsent(conflict.owner().described(), any -> new ArrayList<>())
                    .add("- " + conflict.field());
        }
        List<String> lines = new ArrayList<>();
        byOwner.forEach((owner, fields) -> {
            lines.add("conflicts with " + owner + ":");
            lines.addAll(fields);
        });
        return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
    }
}
