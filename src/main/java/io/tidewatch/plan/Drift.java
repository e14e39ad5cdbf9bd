package io.tidewatch.plan;

import io.tidewatch.model.Annotations;
import io.tidewatch.model.FieldManagers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a live object differs from its manifest: a written leaf with another value, or a leaf that we own and the
 * manifest no longer has. Defaults that the cluster added are no difference.
 */
final class Drift {

    /** The floor is judged by whose value stands, a created Rollout's replicas by {@link ManifestDecision}. */
    private static final Set<String> JUDGED_ELSEWHERE =
            Set.of(".spec.minReplicaCount", ".spec.maxReplicaCount", ".spec.replicas");

    private static final Set<String> IDENTITY =
            Set.of(".apiVersion", ".kind", ".status", ".metadata.name", ".metadata.namespace");

    private Drift() {}

    /** The first path that differs, as {@code .spec.template.spec.containers[0].image}. */
    static Optional<String> between(Map<String, Object> manifest, Map<String, Object> live) {
        return differing(manifest, live, "")
                .or(() -> OwnedFields.of(live, FieldManagers.TIDEWATCH).stream()
                        .filter(path -> !isJudgedElsewhere(path) && !isWritten(manifest, path))
                        .map(Drift::dotted)
                        .findFirst());
    }

    private static Optional<String> differing(Object written, @Nullable Object live, String path) {
        if (IDENTITY.contains(path) || JUDGED_ELSEWHERE.contains(path)) {
            return Optional.empty();
        }
        if (written instanceof Map<?, ?> fields) {
            return live instanceof Map<?, ?> there ? differingFields(fields, there, path) : Optional.of(path);
        }
        if (written instanceof List<?> items) {
            return live instanceof List<?> there && there.size() == items.size()
                    ? differingItems(items, there, path)
                    : Optional.of(path);
        }
        return sameScalar(written, live) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> differingFields(Map<?, ?> written, Map<?, ?> live, String path) {
        for (Map.Entry<?, ?> field : written.entrySet()) {
            Optional<String> difference =
                    differing(field.getValue(), live.get(field.getKey()), path + "." + field.getKey());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differingItems(List<?> written, List<?> live, String path) {
        for (int i = 0; i < written.size(); i++) {
            Optional<String> difference = differing(written.get(i), live.get(i), path + "[" + i + "]");
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** 5 written as an int and read as a long are the same. */
    private static boolean sameScalar(Object written, @Nullable Object live) {
        if (written instanceof Number number && live instanceof Number there) {
            return number.toString().equals(there.toString()) || number.doubleValue() == there.doubleValue();
        }
        return Objects.equals(written, live);
    }

    private static boolean isJudgedElsewhere(List<String> path) {
        String dotted = dotted(path);
        return JUDGED_ELSEWHERE.contains(dotted) || dotted.startsWith(".metadata.annotations." + Annotations.PREFIX);
    }

    private static String dotted(List<String> path) {
        return "." + String.join(".", path);
    }

    private static boolean isWritten(Map<String, Object> manifest, List<String> path) {
        Object at = manifest;
        for (String name : path) {
            if (at instanceof List<?>) {
                return true;
            }
            if (!(at instanceof Map<?, ?> fields) || !fields.containsKey(name)) {
                return false;
            }
            at = fields.get(name);
        }
        return true;
    }
}
