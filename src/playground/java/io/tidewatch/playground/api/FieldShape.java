package io.tidewatch.playground.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the values at and below one field are merged, as a CRD's or a built-in type's schema says it: maps field by field
 * unless atomic; lists as one value unless their items have keys or are a set.
 *
 * <p>Written as paths: {@code spec.selector{}} is an atomic map, {@code containers[name]} a list merged by key,
 * {@code ports[containerPort,protocol=TCP]} one whose missing key has a default, {@code finalizers[=]} a set. What is not
 * written is a granular map or an atomic list, which is what a CRD gets without {@code x-kubernetes-list-type}.
 */
final class FieldShape {

    /** A key of an associative list, with the value that stands for it where an item leaves it out. */
    record ListKey(String name, Optional<String> absent) {}

    private static final FieldShape UNDECLARED = new FieldShape();

    private final Map<String, FieldShape> fields = new HashMap<>();
    private List<ListKey> keys = List.of();
    private boolean set;
    private boolean atomicMap;

    private FieldShape() {}

    static FieldShape of(List<String> paths) {
        FieldShape root = new FieldShape();
        paths.forEach(path -> root.declare(path));
        return root;
    }

    private void declare(String path) {
        FieldShape shape = this;
        for (String step : path.split("\\.", -1)) {
            String name = step.replaceAll("[\\[{].*", "");
            shape = shape.fields.computeIfAbsent(name, any -> new FieldShape());
            String suffix = step.substring(name.length());
            if (suffix.equals("{}")) {
                shape.atomicMap = true;
            } else if (suffix.equals("[=]")) {
                shape.set = true;
            } else if (!suffix.isEmpty()) {
                shape.keys = keys(suffix.substring(1, suffix.length() - 1));
            }
        }
    }

    private static List<ListKey> keys(String text) {
        List<ListKey> keys = new ArrayList<>();
        for (String key : text.split(",", -1)) {
            String[] parts = key.split("=", 2);
            keys.add(new ListKey(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty()));
        }
        return List.copyOf(keys);
    }

    /** The shape below a map's key; the items of a keyed list have the fields of the list's own shape. */
    FieldShape field(String name) {
        return fields.getOrDefault(name, UNDECLARED);
    }

    boolean isAtomicMap() {
        return atomicMap;
    }

    boolean isAtomicList() {
        return keys.isEmpty() && !set;
    }

    boolean isSet() {
        return set;
    }

    List<ListKey> keys() {
        return keys;
    }
}
