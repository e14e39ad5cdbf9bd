package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidewatch.cluster.Reader;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind in one namespace: the fields that are read, and the instant at which their version arrived. A list that
 * has a known version again keeps its instant. If the reader keeps nothing of an object (an empty {@link Optional}), only its key
 * is stored, and its changes are not reported. Written by one thread at a time, read by any.
 */
final class KindCache<V> {

    private final ConcurrentMap<String, Cached<V>> cached = new ConcurrentHashMap<>();
    private final Reader<V> reader;
    private final Function<GenericKubernetesResource, Map<String, Object>> raw;
    private final Clock clock;
    private final Runnable changed;

    /** What has been read of a list; nothing of it is cached before it is complete. */
    private Map<String, Cached<V>> listed = new HashMap<>();

    private record Cached<V>(String version, V view) {}

    /** @param changed called after each change of what is kept */
    KindCache(
            Reader<V> reader,
            Function<GenericKubernetesResource, Map<String, Object>> raw,
            Clock clock,
            Runnable changed) {
        this.reader = reader;
        this.raw = raw;
        this.clock = clock;
        this.changed = changed;
    }

    List<V> all() {
        return cached.values().stream().map(Cached::view).toList();
    }

    /** A list begins; what was read of one before is forgotten. */
    void beginList() {
        listed = new HashMap<>();
    }

    /** Reads a page of the list, so that its objects are never in memory whole all at once. */
    void list(List<GenericKubernetesResource> page) {
        Instant seenAt = clock.instant();
        page.forEach(object -> listed.put(key(object), read(object, seenAt)));
    }

    /** Replaces everything by the objects of the list. Reports at most one change. */
    void endList() {
        boolean hasChanged = false;
        for (Map.Entry<String, Cached<V>> object : listed.entrySet()) {
            hasChanged |= put(object.getKey(), object.getValue());
        }
        for (String known : cached.keySet()) {
            hasChanged |= !listed.containsKey(known) && isKept(cached.remove(known));
        }
        beginList();
        report(hasChanged);
    }

    /** The object was created or changed. */
    void keep(GenericKubernetesResource object) {
        report(put(key(object), read(object, clock.instant())));
    }

    /** The object was deleted. */
    void drop(GenericKubernetesResource deleted) {
        report(isKept(cached.remove(key(deleted))));
    }

    /** What is kept of an object; a version that is known is not read again. */
    private Cached<V> read(GenericKubernetesResource object, Instant seenAt) {
        String version = object.getMetadata().getResourceVersion();
        Cached<V> before = cached.get(key(object));
        return before != null && before.version().equals(version)
                ? before
                : new Cached<>(version, reader.read(raw.apply(object), seenAt));
    }

    /** @return whether that is to be reported */
    @SuppressWarnings("ReferenceEquality") // what was not read again is the same
    private boolean put(String key, Cached<V> now) {
        Cached<V> before = cached.put(key, now);
        return before != now && (isKept(now) || isKept(before));
    }

    private void report(boolean hasChanged) {
        if (hasChanged) {
            changed.run();
        }
    }

    private static boolean isKept(@Nullable Cached<?> object) {
        return object != null && !(object.view() instanceof Optional<?> view && view.isEmpty());
    }

    private static String key(GenericKubernetesResource object) {
        return object.getMetadata().getName();
    }
}
