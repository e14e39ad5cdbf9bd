package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidewatch.cluster.Reader;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Replaces everything by these objects. Reports at most one change. */
    void replace(List<GenericKubernetesResource> listed) {
        Set<String> keys = new HashSet<>();
        Instant seenAt = clock.instant();
        boolean hasChanged = false;
        for (GenericKubernetesResource object : listed) {
            keys.add(key(object));
            hasChanged |= put(object, seenAt);
        }
        for (String known : cached.keySet()) {
            hasChanged |= !keys.contains(known) && isKept(cached.remove(known));
        }
        report(hasChanged);
    }

    /** The object was created or changed. */
    void keep(GenericKubernetesResource object) {
        report(put(object, clock.instant()));
    }

    /** The object was deleted. */
    void drop(GenericKubernetesResource deleted) {
        report(isKept(cached.remove(key(deleted))));
    }

    /** @return whether that is to be reported */
    private boolean put(GenericKubernetesResource object, Instant seenAt) {
        String version = object.getMetadata().getResourceVersion();
        Cached<V> before = cached.get(key(object));
        if (before != null && before.version().equals(version)) {
            return false;
        }
        Cached<V> now = new Cached<>(version, reader.read(raw.apply(object), seenAt));
        cached.put(key(object), now);
        return isKept(now) || isKept(before);
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
