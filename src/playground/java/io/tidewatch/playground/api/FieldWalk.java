package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fields a value has and how two values differ, by structured-merge-diff's rules ({@code typed/tofieldset.go},
 * {@code typed/compare.go}): an atomic value is one leaf, a map or list that is empty on both sides is a leaf, an item of a
 * keyed list counts besides its fields.
 */
final class FieldWalk {

    /** The fields that came, changed and went. */
    record Difference(FieldSet added, FieldSet modified, FieldSet removed) {

        FieldSet written() {
            return added.union(modified);
        }
    }

    private final Set<FieldPath> added = new LinkedHashSet<>();
    private final Set<FieldPath> modified = new LinkedHashSet<>();
    private final Set<FieldPath> removed = new LinkedHashSet<>();

    private FieldWalk() {}

    static FieldSet fieldsOf(JsonNode value, FieldShape shape) {
        Set<FieldPath> found = new LinkedHashSet<>();
        collect(value, shape, FieldPath.ROOT, found);
        return FieldSet.of(found);
    }

    private static void collect(JsonNode value, FieldShape shape, FieldPath at, Set<FieldPath> found) {
        if (value.isObject() && !shape.isAtomicMap()) {
            if (value.isEmpty() && !at.elements().isEmpty()) {
                found.add(at);
            }
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                collect(entry.getValue(), shape.field(entry.getKey()), at.field(entry.getKey()), found);
            }
        } else if (value.isArray() && !shape.isAtomicList()) {
            ListItems.byElement(value, shape).forEach((element, item) -> {
                FieldPath path = at.child(element);
                collect(item, shape, path, found);
                found.add(path);
            });
        } else {
            found.add(at);
        }
    }

    static Difference between(JsonNode before, JsonNode after, FieldShape shape) {
        FieldWalk walk = new FieldWalk();
        walk.compare(before, after, shape, FieldPath.ROOT);
        return new Difference(FieldSet.of(walk.added), FieldSet.of(walk.modified), FieldSet.of(walk.removed));
    }

    private void compare(@Nullable JsonNode before, @Nullable JsonNode after, FieldShape shape, FieldPath at) {
        if (before != null && before.equals(after)) {
            return;
        }
        boolean descended;
        if (isGranularMap(before, shape) || isGranularMap(after, shape)) {
            descended = compareMaps(before, after, shape, at);
        } else if (isGranularList(before, shape) || isGranularList(after, shape)) {
            descended = compareLists(before, after, shape, at);
        } else {
            descended = false;
        }
        if (before == null) {
            added.add(at);
        } else if (after == null) {
            removed.add(at);
        } else if (!descended) {
            modified.add(at);
        }
    }

    private boolean compareMaps(@Nullable JsonNode before, @Nullable JsonNode after, FieldShape shape, FieldPath at) {
        if (isOther(before, JsonNode::isObject) || isOther(after, JsonNode::isObject)) {
            return false;
        }
        Set<String> names = new LinkedHashSet<>();
        eachName(before, names);
        eachName(after, names);
        for (String name : names) {
            compare(
                    before == null ? null : before.get(name),
                    after == null ? null : after.get(name),
                    shape.field(name),
                    at.field(name));
        }
        return true;
    }

    private boolean compareLists(@Nullable JsonNode before, @Nullable JsonNode after, FieldShape shape, FieldPath at) {
        if (isOther(before, JsonNode::isArray) || isOther(after, JsonNode::isArray)) {
            return false;
        }
        Map<String, JsonNode> old = before == null ? Map.of() : ListItems.byElement(before, shape);
        Map<String, JsonNode> now = after == null ? Map.of() : ListItems.byElement(after, shape);
        Set<String> elements = new LinkedHashSet<>(old.keySet());
        elements.addAll(now.keySet());
        for (String element : elements) {
            compare(old.get(element), now.get(element), shape, at.child(element));
        }
        return true;
    }

    private static void eachName(@Nullable JsonNode map, Set<String> names) {
        if (map != null) {
            map.fieldNames().forEachRemaining(names::add);
        }
    }

    private static boolean isOther(@Nullable JsonNode value, java.util.function.Predicate<JsonNode> kind) {
        return value != null && !value.isNull() && !kind.test(value);
    }

    private static boolean isGranularMap(@Nullable JsonNode value, FieldShape shape) {
        return value != null && value.isObject() && !shape.isAtomicMap() && !value.isEmpty();
    }

    private static boolean isGranularList(@Nullable JsonNode value, FieldShape shape) {
        return value != null && value.isArray() && !shape.isAtomicList() && !value.isEmpty();
    }
}
