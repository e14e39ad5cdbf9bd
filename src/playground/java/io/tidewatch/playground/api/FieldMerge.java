package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Merges an applied configuration into a live object, and removes fields from an object. Arguments are never changed. */
final class FieldMerge {

    private FieldMerge() {}

    /** The live value with everything the configuration says; where both are granular they are merged. */
    static JsonNode merge(JsonNode live, JsonNode config, FieldShape shape) {
        if (live.isObject() && config.isObject() && !shape.isAtomicMap()) {
            return mergeMaps((ObjectNode) live, (ObjectNode) config, shape);
        }
        if (live.isArray() && config.isArray() && !shape.isAtomicList()) {
            return mergeLists(live, config, shape);
        }
        return config.deepCopy();
    }

    private static ObjectNode mergeMaps(ObjectNode live, ObjectNode config, FieldShape shape) {
        ObjectNode merged = live.deepCopy();
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            JsonNode old = live.get(entry.getKey());
            JsonNode desired = entry.getValue();
            merged.set(
                    entry.getKey(),
                    old == null ? desired.deepCopy() : merge(old, desired, shape.field(entry.getKey())));
        }
        return merged;
    }

    /** Live items keep their places, new ones follow in the configuration's order. */
    private static ArrayNode mergeLists(JsonNode live, JsonNode config, FieldShape shape) {
        Map<String, JsonNode> items = new LinkedHashMap<>(ListItems.byElement(live, shape));
        ListItems.byElement(config, shape)
                .forEach((element, item) ->
                        items.merge(element, item, (old, desired) -> mergeItem(old, desired, shape)));
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        items.values().forEach(item -> merged.add(item.deepCopy()));
        return merged;
    }

    private static JsonNode mergeItem(JsonNode old, JsonNode desired, FieldShape shape) {
        return old.isObject() && desired.isObject()
                ? mergeMaps((ObjectNode) old, (ObjectNode) desired, shape)
                : desired;
    }

    /** The value without the given fields. */
    static JsonNode remove(JsonNode value, FieldSet gone, FieldShape shape) {
        return gone.isEmpty() ? value.deepCopy() : remove(value, gone, shape, FieldPath.ROOT);
    }

    private static JsonNode remove(JsonNode value, FieldSet gone, FieldShape shape, FieldPath at) {
        if (value.isObject() && !shape.isAtomicMap()) {
            return removeFromMap(value, gone, shape, at);
        }
        if (value.isArray() && !shape.isAtomicList()) {
            ArrayNode left = JsonNodeFactory.instance.arrayNode();
            ListItems.byElement(value, shape).forEach((element, item) -> {
                FieldPath path = at.child(element);
                if (!gone.contains(path)) {
                    left.add(item.isObject() ? removeFromMap(item, gone, shape, path) : item);
                }
            });
            return left;
        }
        return value.deepCopy();
    }

    private static ObjectNode removeFromMap(JsonNode map, FieldSet gone, FieldShape shape, FieldPath at) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            FieldPath path = at.field(entry.getKey());
            if (!gone.contains(path)) {
                left.set(entry.getKey(), remove(entry.getValue(), gone, shape.field(entry.getKey()), path));
            }
        }
        return left;
    }
}
