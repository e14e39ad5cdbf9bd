package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The wire form of a {@link FieldSet}: a trie in which {@code "."} marks an inner node that is itself a member. */
final class FieldsV1 {

    private static final String SELF = ".";

    private FieldsV1() {}

    static FieldSet read(JsonNode fieldsV1) {
        Set<FieldPath> paths = new LinkedHashSet<>();
        collect(fieldsV1, FieldPath.ROOT, paths);
        return FieldSet.of(paths);
    }

    private static void collect(JsonNode node, FieldPath at, Set<FieldPath> paths) {
        if (node.isEmpty() && !at.elements().isEmpty()) {
            paths.add(at);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equals(SELF)) {
                paths.add(at);
            } else {
                collect(entry.getValue(), at.child(entry.getKey()), paths);
            }
        }
    }

    static ObjectNode write(FieldSet set) {
        TreeSet<FieldPath> sorted = new TreeSet<>();
        set.forEach(sorted::add);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (FieldPath path : sorted) {
            ObjectNode node = root;
            for (String element : path.elements()) {
                node = node.withObjectProperty(element);
            }
            FieldPath next = sorted.higher(path);
            if (next != null && next.startsWith(path)) {
                node.withObjectProperty(SELF);
            }
        }
        return root;
    }
}
