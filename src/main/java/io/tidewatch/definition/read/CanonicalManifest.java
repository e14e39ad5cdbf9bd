package io.tidewatch.definition.read;

import io.tidewatch.definition.kubernetes.CanonicalQuantity;
import io.tidewatch.model.definition.FurtherKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A manifest as the API server or the object's controller writes it back, so that applied content is a no-op. Deployments and
 * StatefulSets have the pod template of a Rollout: the API server, too, writes back from a typed copy what says something, and
 * quantities in their canonical form. What it adds as a default beside written fields is no difference.
 */
final class CanonicalManifest {

    private static final Set<String> WITH_POD_TEMPLATE =
            Set.of(Kinds.ROLLOUT, FurtherKind.DEPLOYMENT.kind(), FurtherKind.STATEFUL_SET.kind());

    /** The quantities of an HPA's metrics. */
    private static final Set<String> METRIC_QUANTITIES = Set.of("value", "averageValue");

    private CanonicalManifest() {}

    static Map<String, Object> of(String kind, Map<String, Object> manifest) {
        if (WITH_POD_TEMPLATE.contains(kind)) {
            return CanonicalRollout.of(manifest);
        }
        return kind.equals(FurtherKind.HPA.kind()) ? ofHpa(manifest) : manifest;
    }

    private static Map<String, Object> ofHpa(Map<String, Object> manifest) {
        Map<String, Object> canonical = new LinkedHashMap<>(manifest);
        if (manifest.get("spec") instanceof Map<?, ?> spec) {
            Map<String, Object> fields = copy(spec);
            fields.computeIfPresent("metrics", (name, metrics) -> metric(name, metrics));
            canonical.put("spec", Collections.unmodifiableMap(fields));
        }
        return Collections.unmodifiableMap(canonical);
    }

    private static Object metric(String field, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, below) -> fields.put(String.valueOf(name), metric(String.valueOf(name), below)));
            return Collections.unmodifiableMap(fields);
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(metric(field, item)));
            return Collections.unmodifiableList(items);
        }
        return METRIC_QUANTITIES.contains(field)
                ? CanonicalQuantity.of(value).<Object>map(text -> text).orElse(value)
                : value;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }
}
