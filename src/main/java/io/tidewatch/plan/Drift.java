package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.plan.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which a live object differs from its manifest: a written leaf with another value, or a leaf that we own and the
 * manifest no longer has.
 *
 * <p>A default that the cluster added beside written fields is no difference. A list is replaced whole, so inside of it a field
 * that the manifest lacks is a difference, unless its value is empty, zero or false.
 */
final class Drift {

    /** Not judged here, but by {@link io.tidewatch.ownership.Ownership}. */
    static final Set<String> MINIMUM_ONLY = paths(AutoscalerKind::minimum);

    static final Set<String> MINIMUM_AND_MAXIMUM = Stream.concat(
                    MINIMUM_ONLY.stream(), paths(AutoscalerKind::maximum).stream())
            .collect(Collectors.toUnmodifiableSet());
    static final String REPLICAS = ".spec.replicas";

    private static final Set<String> IDENTITY =
            Set.of(".apiVersion", ".kind", ".status", ".metadata.name", ".metadata.namespace");
    private static final int LONGEST_VALUE = 60;

    /** Kinds of Kubernetes itself: the API server adds their defaults, and some of their lists have keys. */
    private static final Set<String> BUILT_IN = FurtherKind.kinds();

    /** Of projected tokens, and of the claims of a StatefulSet. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "expirationSeconds", "3600",
            "apiVersion", "v1",
            "kind", "PersistentVolumeClaim",
            "volumeMode", "Filesystem",
            "status", "{phase=Pending}");

    private final Set<String> elsewhere;
    private final boolean hasKeyedLists;
    private final List<Difference> found = new ArrayList<>();

    private static Set<String> paths(Function<AutoscalerKind, String> field) {
        return Stream.of(AutoscalerKind.values())
                .map(kind -> ".spec." + field.apply(kind))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Drift(Set<String> elsewhere, boolean hasKeyedLists) {
        this.hasKeyedLists = hasKeyedLists;
        this.elsewhere = new HashSet<>(elsewhere);
        this.elsewhere.addAll(IDENTITY);
    }

    /**
     * The differences in the order of the manifest, then the leaves that the manifest no longer has.
     *
     * @param elsewhere paths that are judged elsewhere
     */
    static List<Difference> between(Map<String, Object> manifest, Map<String, Object> live, Set<String> elsewhere) {
        Drift drift = new Drift(elsewhere, BUILT_IN.contains(String.valueOf(manifest.get("kind"))));
        drift.compare(manifest, live, "", false);
        drift.dropped(manifest, live);
        return List.copyOf(drift.found);
    }

    private void compare(Object written, @Nullable Object live, String path, boolean insideList) {
        if (elsewhere.contains(path)) {
            return;
        }
        if (written instanceof Map<?, ?> fields && live instanceof Map<?, ?> there) {
            fields(fields, there, path, insideList);
        } else if (written instanceof List<?> items && live instanceof List<?> there && keyed(items, there, path)) {
            return;
        } else if (written instanceof List<?> items && live instanceof List<?> there && items.size() == there.size()) {
            for (int i = 0; i < items.size(); i++) {
                compare(items.get(i), there.get(i), path + "[" + i + "]", true);
            }
        } else if (!same(written, live) && !(live == null && isEmpty(written))) {
            found.add(new Difference(path, shown(live), shown(written)));
        }
    }

    /** Items of others, and defaults beside written fields, are no difference in a list whose items have owners of their own. */
    private boolean keyed(List<?> written, List<?> live, String path) {
        String field = path.substring(path.lastIndexOf('.') + 1);
        if (!hasKeyedLists) {
            return false;
        }
        Optional<Map<String, Map<?, ?>>> items = KeyedLists.items(field, written);
        Optional<Map<String, Map<?, ?>>> there = KeyedLists.items(field, live);
        if (items.isEmpty() || there.isEmpty()) {
            return false;
        }
        items.get()
                .forEach((label, item) -> compare(item, there.get().get(label), path + FieldPath.item(label), false));
        return true;
    }

    private void fields(Map<?, ?> written, Map<?, ?> live, String path, boolean insideList) {
        written.forEach((name, value) -> compare(value, live.get(name), path + "." + name, insideList));
        if (insideList) {
            live.forEach((name, value) -> {
                if (!written.containsKey(name) && !isNothing(value) && !isDefault(name, value)) {
                    found.add(new Difference(path + "." + name, shown(value), Optional.empty()));
                }
            });
        }
    }

    private void dropped(Map<String, Object> manifest, Map<String, Object> live) {
        Set<String> paths = new LinkedHashSet<>();
        OwnedFields.notIn(manifest, live, FieldManagers.TIDEWATCH).stream()
                .map(OwnedFields::dotted)
                .filter(path ->
                        !elsewhere.contains(path) && !path.startsWith(".metadata.annotations." + Annotations.PREFIX))
                .forEach(paths::add);
        paths.forEach(path -> found.add(new Difference(path, Optional.of("ours"), Optional.empty())));
    }

    /** 5 written as an int and read as a long are the same. */
    private static boolean same(Object written, @Nullable Object live) {
        if (written instanceof Number number && live instanceof Number there) {
            return number.toString().equals(there.toString()) || number.doubleValue() == there.doubleValue();
        }
        return Objects.equals(written, live);
    }

    /** What the API server adds inside of lists that it replaces as a whole. */
    private boolean isDefault(Object name, Object value) {
        return hasKeyedLists && String.valueOf(value).equals(DEFAULTS.get(String.valueOf(name)));
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || isEmpty(value)
                || value.equals(false)
                || (value instanceof Number number && number.doubleValue() == 0);
    }

    /** Written or not, it is the same to every controller; a written zero or false need not be. */
    private static boolean isEmpty(Object value) {
        return value.equals("")
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }

    private static Optional<String> shown(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of("{" + map.size() + " fields}");
        }
        if (value instanceof List<?> list) {
            return Optional.of("[" + list.size() + " items]");
        }
        String text = value.toString().replaceAll("\\s+", " ");
        return Optional.of(text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…");
    }
}
