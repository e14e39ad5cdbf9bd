package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading and comparing the loosely typed trees that Kubernetes objects are. */
final class Fields {
    private Fields() {}

    static Optional<Object> at(Map<String, ?> tree, String... path) {
        Object value = tree;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
            if (value == null) {
                return Optional.empty();
            }
        }
        return Optional.of(Objects.requireNonNull(value));
    }

    static int integer(Object value) {
        return value instanceof Number number ? number.intValue() : Integer.parseInt(value.toString());
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> copy.put(key.toString(), inner));
        }
        return copy;
    }

    static List<Map<String, Object>> maps(Object value) {
        return value instanceof List<?> list ? list.stream().map(Fields::map).toList() : List.of();
    }

    /**
     * The merge patch that turns {@code before} into {@code after}: lists whole, dropped fields as null, numbers
     * compared by value.
     */
    static Map<String, Object> mergePatch(Map<String, ?> before, Map<String, ?> after) {
        Map<String, Object> patch = new LinkedHashMap<>();
        before.forEach((field, old) -> {
            if (!after.containsKey(field)) {
                patch.put(field, null);
            }
        });
        after.forEach((field, desired) -> {
            Object old = before.get(field);
            if (old instanceof Map<?, ?> && desired instanceof Map<?, ?>) {
                Map<String, Object> inner = mergePatch(map(old), map(desired));
                if (!inner.isEmpty()) {
                    patch.put(field, inner);
                }
            } else if (!same(old, desired)) {
                patch.put(field, desired);
            }
        });
        return patch;
    }

    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a.longValue() == b.longValue();
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return sameList(a, b);
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        return Objects.equals(one, other);
    }

    private static boolean sameList(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A tree of alternating names and values; an absent ({@code null}) value leaves its name out. */
    static Map<String, Object> tree(@Nullable Object... namesAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                tree.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return tree;
    }

    /** Go's {@code omitempty} for a counter: 0 is not written. */
    static @Nullable Integer unlessZero(int value) {
        return value == 0 ? null : value;
    }

    static List<Object> copyOf(List<? extends Map<String, Object>> maps) {
        return new ArrayList<>(maps);
    }
}
