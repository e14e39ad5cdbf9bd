package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The items of a keyed list or a set by their path element. */
final class ListItems {

    private ListItems() {}

    /** In the list's order; of items with the same element the first counts. */
    static Map<String, JsonNode> byElement(JsonNode list, FieldShape shape) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : list) {
            items.putIfAbsent(element(item, shape), item);
        }
        return items;
    }

    private static String element(JsonNode item, FieldShape shape) {
        if (shape.isSet()) {
            return "v:" + item;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (FieldShape.ListKey key : shape.keys()) {
            JsonNode value = item.get(key.name());
            if (value != null) {
                sorted.put(key.name(), value);
            } else {
                key.absent().ifPresent(text -> sorted.put(key.name(), JsonNodeFactory.instance.textNode(text)));
            }
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keys.setAll(sorted);
        return "k:" + keys;
    }
}
