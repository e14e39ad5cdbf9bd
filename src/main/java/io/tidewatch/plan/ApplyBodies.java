package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Composes the bodies of applies. An apply without a field deletes the field if nobody else owns it, so each body has all fields
 * that Tidewatch is to own on the object.
 */
final class ApplyBodies {

    private ApplyBodies() {}

    /**
     * @param manifest of a source that applies; absent: only the minimum and our annotations are ours
     * @param bounds in the body, which are not always the desired ones
     */
    static Map<String, Object> autoscaler(
            AutoscalerKind kind,
            Target target,
            Optional<Manifest> manifest,
            Bounds bounds,
            boolean setsMax,
            Map<String, String> annotations) {
        Map<String, Object> body =
                new LinkedHashMap<>(manifest.map(Manifest::content).orElseGet(() -> stub(kind, target)));
        Map<String, Object> spec = mapAt(body, "spec");
        spec.put(kind.minimum(), bounds.min());
        if (setsMax) {
            spec.put(kind.maximum(), bounds.max());
        }
        Map<String, Object> metadata = mapAt(body, "metadata");
        metadata.putIfAbsent("namespace", target.namespace());
        if (!annotations.isEmpty()) {
            mapAt(metadata, "annotations").putAll(annotations);
        }
        return body;
    }

    /** With the live minimum and maximum, for a write of Tidewatch's own record alone. */
    static Map<String, Object> record(
            DesiredBounds desired, AutoscalerView live, Optional<Manifest> manifest, Map<String, String> annotations) {
        return autoscaler(live.kind(), desired.target(), manifest, live.bounds(), desired.setsMax(), annotations);
    }

    /** With another progress deadline, or without one. */
    static Map<String, Object> withDeadline(Map<String, Object> content, String namespace, OptionalInt seconds) {
        Map<String, Object> body = new LinkedHashMap<>(content);
        Map<String, Object> spec = mapAt(body, "spec");
        spec.remove(FieldWriter.PROGRESS_DEADLINE);
        seconds.ifPresent(deadline -> spec.put(FieldWriter.PROGRESS_DEADLINE, deadline));
        mapAt(body, "metadata").put("namespace", namespace);
        return body;
    }

    /** The manifest of a Rollout to be created: without spec.replicas it would start with one pod. */
    static Map<String, Object> withReplicas(Map<String, Object> content, int replicas) {
        Map<String, Object> body = new LinkedHashMap<>(content);
        mapAt(body, "spec").put("replicas", replicas);
        return body;
    }

    /** The manifest of an autoscaler that no schedule names; minimum and maximum that it does not write stay as they are. */
    static Map<String, Object> keepingBounds(Map<String, Object> content, AutoscalerView live) {
        Map<String, Object> body = new LinkedHashMap<>(content);
        Map<String, Object> spec = mapAt(body, "spec");
        live.minimum().ifPresent(min -> spec.putIfAbsent(live.kind().minimum(), min));
        live.maximum().ifPresent(max -> spec.putIfAbsent(live.kind().maximum(), max));
        return body;
    }

    /** Without a field or an item, and without what that leaves empty above it. */
    static Map<String, Object> without(Map<String, Object> content, String path) {
        return without(content, FieldPath.segments(path));
    }

    private static Map<String, Object> without(Map<String, Object> content, List<String> path) {
        String name = path.get(0);
        Object below = content.get(name);
        if (below == null) {
            return content;
        }
        Map<String, Object> body = new LinkedHashMap<>(content);
        if (path.size() == 1) {
            body.remove(name);
            return body;
        }
        List<String> rest = path.subList(1, path.size());
        if (below instanceof Map<?, ?> fields) {
            replace(body, name, without(texts(fields), rest));
        } else if (below instanceof List<?> list) {
            KeyedLists.items(name, list).ifPresent(items -> replace(body, name, itemsWithout(items, rest)));
        }
        return body;
    }

    private static List<Object> itemsWithout(Map<String, Map<?, ?>> items, List<String> path) {
        List<Object> kept = new ArrayList<>();
        items.forEach((label, item) -> {
            if (!path.get(0).equals(FieldPath.item(label))) {
                kept.add(item);
            } else if (path.size() > 1) {
                kept.add(without(texts(item), path.subList(1, path.size())));
            }
        });
        return kept;
    }

    private static void replace(Map<String, Object> body, String name, Object rest) {
        boolean isEmpty = rest instanceof Map<?, ?> map ? map.isEmpty() : ((List<?>) rest).isEmpty();
        if (isEmpty) {
            body.remove(name);
        } else {
            body.put(name, rest);
        }
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    private static Map<String, Object> stub(AutoscalerKind kind, Target target) {
        Map<String, Object> stub = new LinkedHashMap<>();
        stub.put("apiVersion", kind.apiVersion());
        stub.put("kind", kind.kind());
        stub.put("metadata", Map.of("name", target.name()));
        return stub;
    }

    /** The map below a key, as a copy that may be changed; set in its parent. */
    private static Map<String, Object> mapAt(Map<String, Object> parent, String key) {
        Map<String, Object> copy =
                parent.get(key) instanceof Map<?, ?> written ? texts(written) : new LinkedHashMap<>();
        parent.put(key, copy);
        return copy;
    }
}
