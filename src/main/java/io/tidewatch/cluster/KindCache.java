package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is kept of the objects of one kind: the fields that are read, and the instant at which their version reached us.
 * A relist brings known versions again; they keep their instant. Of an object of which the reader keeps nothing (an empty
 * {@link Optional}) the key alone is known, and nobody is told of it.
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
        tell(Optional.ofNullable(kept.remove(key(gone))));
    }

    private void keep(GenericKubernetesResource object) {
        String version = object.getMetadata().getResourceVersion();
        Kept<V> known = kept.get(key(object));
        if (known == null || !known.version().equals(version)) {
            Kept<V> now = new Kept<>(version, reader.read(raw.apply(object), clock.instant()));
            kept.put(key(object), now);
            tell(Optional.of(now).filter(Kept::isSomething).or(() -> Optional.ofNullable(known)));
        }
    }

    private void tell(Optional<Kept<V>> read) {
        if (read.filter(Kept::isSomething).isPresent()) {
            changed.run();
        }
    }

    private static String key(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private record Kept<V>(String version, V view) {

        boolean isSomething() {
            return !(view instanceof Optional<?> some) || some.isPresent();
        }
    }
}
