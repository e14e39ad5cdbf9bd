package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is kept of the objects of one kind: the fields that are read, and the instant at which their version reached us.
 * A relist brings known versions again; they keep their instant.
 */
final class KindCache<V> implements ResourceEventHandler<GenericKubernetesResource> {

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

    /**
     * Whether all of these have reached us: an informer has synced a moment before its handlers have.
     *
     * @param keys {@code namespace/name}
     */
    boolean knows(Stream<String> keys) {
        return keys.allMatch(kept::containsKey);
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
        keep(added);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
        keep(now);
    }

    @Override
    public void onDelete(GenericKubernetesResource gone, boolean finalStateUnknown) {
        kept.remove(key(gone));
        changed.run();
    }

    private void keep(GenericKubernetesResource object) {
        String version = object.getMetadata().getResourceVersion();
        Kept<V> known = kept.get(key(object));
        if (known == null || !known.version().equals(version)) {
            kept.put(key(object), new Kept<>(version, reader.read(raw.apply(object), clock.instant())));
            changed.run();
        }
    }

    private static String key(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private record Kept<V>(String version, V view) {}
}
