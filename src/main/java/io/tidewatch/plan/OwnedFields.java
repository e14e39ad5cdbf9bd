package io.tidewatch.plan;

import io.tidewatch.model.cluster.Annotations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who owns which leaf fields, read from managedFields; a list counts as one leaf. */
final class OwnedFields {

    private static final String FIELD = "f:";

    private OwnedFields() {}

    /** The leaves that a manager applies. */
    static List<List<String>> of(Map<String, Object> live, String manager) {
        List<List<String>> leaves = new ArrayList<>();
        applied(live, manager).forEach(set -> collect(set, List.of(), leaves));
        return leaves;
    }

    /**
     * The leaves that a manager applies and a manifest does not have. Both are walked together and a path is composed only for a
     * missing leaf, since this runs for every declared object in every pass.
     */
    static List<List<String>> notIn(Map<String, Object> manifest, Map<String, Object> live, String manager) {
        List<List<String>> leaves = new ArrayList<>();
        applied(live, manager).forEach(set -> collectMissing(set, manifest, new ArrayDeque<>(), leaves));
        return leaves;
    }

    /** Whether a manager applies this leaf. */
    static boolean owns(Map<String, Object> live, String manager, List<String> leaf) {
        return applied(live, manager).stream().anyMatch(set -> isLeaf(set, leaf));
    }

    private static boolean isLeaf(Map<?, ?> set, List<String> path) {
        Object at = set;
        for (String name : path) {
            at = at instanceof Map<?, ?> fields ? fields.get(FIELD + name) : null;
        }
        return at != null && !(at instanceof Map<?, ?> fields && hasFields(fields));
    }

    private static List<Map<?, ?>> applied(Map<String, Object> live, String manager) {
        List<Map<?, ?>> sets = new ArrayList<>();
        for (Map<?, ?> entry : entries(live)) {
            if (manager.equals(entry.get("manager"))
                    && "Apply".equals(entry.get("operation"))
                    && entry.get("fieldsV1") instanceof Map<?, ?> set) {
                sets.add(set);
            }
        }
        return sets;
    }

    /**
     * The leaf that holds a path, and those who own it besides the ones that do not count.
     *
     * @param path as {@code .spec.template.spec.containers[0].image}
     */
    static Owners of(Map<String, Object> live, String path, Set<String> notCounted) {
        List<Map<?, ?>> entries = entries(live);
        List<String> leaf = ownable(entries, FieldPath.segments(path));
        Set<String> managers = new TreeSet<>();
        Optional<Instant> written = Optional.empty();
        for (Map<?, ?> entry : entries) {
            String manager = String.valueOf(entry.get("manager"));
            if (!notCounted.contains(manager) && entry.get("fieldsV1") instanceof Map<?, ?> set && holds(set, leaf)) {
                managers.add(manager);
                written = later(written, time(entry));
            }
        }
        return new Owners(FieldPath.text(leaf), List.copyOf(managers), written);
    }

    /** The path up to the first list that is owned whole. */
    private static List<String> ownable(List<Map<?, ?>> entries, List<String> path) {
        List<Map<?, ?>> sets = new ArrayList<>();
        entries.forEach(entry -> {
            if (entry.get("fieldsV1") instanceof Map<?, ?> set) {
                sets.add(set);
            }
        });
        List<String> ownable = new ArrayList<>();
        for (String segment : path) {
            if (FieldPath.isItem(segment)
                    && sets.stream().allMatch(set -> set.keySet().stream().noneMatch(KeyedLists::isItem))) {
                break;
            }
            ownable.add(segment);
            List<Map<?, ?>> below =
                    sets.stream().flatMap(set -> below(set, segment).stream()).toList();
            sets.clear();
            sets.addAll(below);
        }
        return ownable;
    }

    private static Optional<Map<?, ?>> below(Map<?, ?> set, String segment) {
        if (FieldPath.isItem(segment)) {
            return KeyedLists.find(set, segment.substring(1, segment.length() - 1));
        }
        return Optional.ofNullable(set.get(FIELD + segment))
                .map(value -> value instanceof Map<?, ?> map ? map : Map.of());
    }

    /** Whether a set has the path, a leaf above it, or a leaf below it. */
    private static boolean holds(Map<?, ?> set, List<String> path) {
        Map<?, ?> at = set;
        for (String segment : path) {
            Optional<Map<?, ?>> below = below(at, segment);
            if (below.isEmpty()) {
                return at != set && !hasFields(at);
            }
            at = below.get();
        }
        return true;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
    }

    private static Optional<Instant> time(Map<?, ?> entry) {
        try {
            return Optional.ofNullable(entry.get("time")).map(String::valueOf).map(Instant::parse);
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    /**
     * All that a manager applies, with the values that it has now, but for our annotations; enough for an apply that drops
     * nothing.
     */
    static Map<String, Object> content(Map<String, Object> live, String manager) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String field : List.of("apiVersion", "kind")) {
            content.put(field, String.valueOf(live.get(field)));
        }
        put(content, List.of("metadata", "name"), live);
        for (List<String> leaf : of(live, manager)) {
            boolean ours = leaf.size() > 2
                    && leaf.subList(0, 2).equals(List.of("metadata", "annotations"))
                    && leaf.get(2).startsWith(Annotations.PREFIX);
            if (!ours) {
                put(content, leaf, live);
            }
        }
        return content;
    }

    /** Copies what stands at a path; nothing where there is nothing. */
    private static void put(Map<String, Object> content, List<String> path, Map<String, Object> live) {
        Map<?, ?> from = live;
        Map<String, Object> to = content;
        for (String key : path.subList(0, path.size() - 1)) {
            if (!(from.get(key) instanceof Map<?, ?> below)) {
                return;
            }
            from = below;
            @SuppressWarnings("unchecked") // made here, one level at a time
            Map<String, Object> next =
                    (Map<String, Object>) to.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
            to = next;
        }
        String last = path.get(path.size() - 1);
        if (from.get(last) != null) {
            to.put(last, from.get(last));
        }
    }

    static boolean ownsAny(Map<String, Object> live, String manager) {
        return entries(live).stream()
                .anyMatch(entry -> manager.equals(entry.get("manager"))
                        && entry.get("fieldsV1") instanceof Map<?, ?> set
                        && set.containsKey(FIELD + "spec"));
    }

    static String dotted(List<String> path) {
        return FieldPath.text(path);
    }

    private static List<Map<?, ?>> entries(Map<String, Object> live) {
        List<Map<?, ?>> entries = new ArrayList<>();
        if (live.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> all) {
            for (Object entry : all) {
                if (entry instanceof Map<?, ?> fields) {
                    entries.add(fields);
                }
            }
        }
        return entries;
    }

    private static void collect(Map<?, ?> set, List<String> path, List<List<String>> leaves) {
        boolean leaf = true;
        for (Map.Entry<?, ?> entry : set.entrySet()) {
            if (String.valueOf(entry.getKey()).startsWith(FIELD)) {
                leaf = false;
                List<String> below = new ArrayList<>(path);
                below.add(String.valueOf(entry.getKey()).substring(FIELD.length()));
                collect(entry.getValue() instanceof Map<?, ?> map ? map : Map.of(), List.copyOf(below), leaves);
            }
        }
        if (leaf && !path.isEmpty()) {
            leaves.add(path);
        }
    }

    /** @param written what the manifest has where the set is; a list is written whole */
    private static void collectMissing(
            Map<?, ?> set, @Nullable Object written, Deque<String> path, List<List<String>> leaves) {
        if (written instanceof List<?> items) {
            collectMissingItems(set, items, path, leaves);
            return;
        }
        set.forEach((key, below) -> {
            if (!(key instanceof String field && field.startsWith(FIELD))) {
                return;
            }
            String name = field.substring(FIELD.length());
            path.addLast(name);
            if (!(written instanceof Map<?, ?> fields && fields.containsKey(name))) {
                collect(below instanceof Map<?, ?> map ? map : Map.of(), List.copyOf(path), leaves);
            } else if (below instanceof Map<?, ?> map && hasFields(map)) {
                collectMissing(map, fields.get(name), path, leaves);
            }
            path.removeLast();
        });
    }

    /** A list is written whole, but one whose items have owners of their own. */
    private static void collectMissingItems(
            Map<?, ?> set, List<?> written, Deque<String> path, List<List<String>> leaves) {
        if (path.isEmpty() || set.keySet().stream().noneMatch(KeyedLists::isItem)) {
            return;
        }
        Optional<Map<String, Map<?, ?>>> items = KeyedLists.items(path.getLast(), written);
        if (items.isEmpty()) {
            return;
        }
        set.forEach((key, below) -> {
            if (KeyedLists.isItem(key)) {
                String label = KeyedLists.label(String.valueOf(key));
                Map<?, ?> item = items.get().get(label);
                path.addLast(FieldPath.item(label));
                if (item == null) {
                    leaves.add(List.copyOf(path));
                } else if (below instanceof Map<?, ?> fields) {
                    collectMissing(fields, item, path, leaves);
                }
                path.removeLast();
            }
        });
    }

    private static boolean hasFields(Map<?, ?> set) {
        for (Object key : set.keySet()) {
            if (key instanceof String name && (name.startsWith(FIELD) || KeyedLists.isItem(name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param leaf the field that a manager can own: a list is owned whole
     * @param managers sorted; empty where nobody else owns it
     * @param written when one of them last wrote one of its fields; absent where that is not known
     */
    record Owners(String leaf, List<String> managers, Optional<Instant> written) {}
}
