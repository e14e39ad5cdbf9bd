package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strategic merge for built-in kinds, as far as clients use it without directives beyond {@code $patch: delete}. */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    private StrategicMerge() {}

    static JsonNode merged(@Nullable JsonNode target, JsonNode patch, FieldShape shape) {
        if (patch.isObject()) {
            return map(target, (ObjectNode) patch, shape);
        }
        if (patch.isArray() && target != null && target.isArray() && !shape.isAtomicList()) {
            return list(target, patch, shape);
        }
        return patch.deepCopy();
    }

    private static ObjectNode map(@Nullable JsonNode target, ObjectNode patch, FieldShape shape) {
        ObjectNode result = target instanceof ObjectNode map ? map.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            if (name.startsWith("$")) {
                throw ApiFailure.badRequest("strategic merge directive " + name + " is not supported here");
            }
            if (entry.getValue().isNull()) {
                result.remove(name);
            } else {
                result.set(name, merged(result.get(name), entry.getValue(), shape.field(name)));
            }
        }
        return result;
    }

    private static ArrayNode list(JsonNode target, JsonNode patch, FieldShape shape) {
        Map<String, JsonNode> items = new LinkedHashMap<>(ListItems.byElement(target, shape));
        ListItems.byElement(patch, shape).forEach((element, item) -> {
            if (item.path(DIRECTIVE).asText().equals("delete")) {
                items.remove(element);
            } else {
                JsonNode old = items.get(element);
                items.put(element, item.isObject() ? map(old, (ObjectNode) item, shape) : item);
            }
        });
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        items.values().forEach(result::add);
        return result;
    }
}
