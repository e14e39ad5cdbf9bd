package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
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
 * What is kept of the objects of one kind: the fields that are read, and the instant at which their version reached us.
 * A relist brings known versions again; they keep their instant. Of an object of which the reader keeps nothing (an empty
 * {@link Optional}) the key alone is known, and nobody is told of it. Written by one thread at a time, read by any.
 */
final class KindCache<V> {

    private final ConcurrentMap<String, Kept<V>> kept = new ConcurrentHashMap<>();
    private final Reader<V> reader;
    private final Function<GenericKubernetesResource, Map<String, Object>> raw;
    private final Clock clock;
    private final Runnable changed;

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
        return kept.values().stream().map(Kept::view).toList();
    }

    /** These are all that there is. Told once, whatever changed. */
    void replace(List<GenericKubernetesResource> listed) {
        Set<String> keys = new HashSet<>();
        boolean news = false;
        for (GenericKubernetesResource object : listed) {
            keys.add(key(object));
            news |= isNews(object);
        }
        for (String known : kept.keySet()) {
            news |= !keys.contains(known) && isSomething(kept.remove(known));
        }
        tell(news);
    }

    /** It is there in this version. */
    void keep(GenericKubernetesResource object) {
        tell(isNews(object));
    }

    /** It is not there any more. */
    void drop(GenericKubernetesResource gone) {
        tell(isSomething(kept.remove(key(gone))));
    }

    private boolean isNews(GenericKubernetesResource object) {
        String version = object.getMetadata().getResourceVersion();
        Kept<V> known = kept.get(key(object));
        if (known != null && known.version().equals(version)) {
            return false;
        }
        Kept<V> now = new Kept<>(version, reader.read(raw.apply(object), clock.instant()));
        kept.put(key(object), now);
        return isSomething(now) || isSomething(known);
    }

    private void tell(boolean news) {
        if (news) {
            changed.run();
        }
    }

    private static boolean isSomething(@Nullable Kept<?> one) {
        return one != null && !(one.view() instanceof Optional<?> some && some.isEmpty());
    }

    private static String key(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private record Kept<V>(String version, V view) {}
}
