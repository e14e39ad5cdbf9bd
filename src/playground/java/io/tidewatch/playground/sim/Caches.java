package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The watched kinds, one cache each, shared by all simulated controllers. */
final class Caches implements AutoCloseable {
    private static final List<Kind> WATCHED = List.of(
            Kind.SCALED_OBJECT,
            Kind.HPA,
            Kind.ROLLOUT,
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.CONTROLLER_REVISION,
            Kind.CLAIM,
            Kind.REPLICA_SET,
            Kind.POD,
            Kind.SERVICE,
            Kind.DISRUPTION_BUDGET,
            Kind.RESOURCE_QUOTA);

    private final Map<Kind, KindCache> byKind = new EnumMap<>(Kind.class);

    Caches(KubernetesClient client) {
        WATCHED.forEach(kind -> byKind.put(kind, new KindCache(client, kind)));
    }

    /**
     * The cache of a watched kind.
     *
     * @throws IllegalArgumentException when nobody watches that kind
     */
    KindCache of(Kind kind) {
        return ifWatched(kind).orElseThrow(() -> new IllegalArgumentException("nobody watches " + kind));
    }

    Optional<KindCache> ifWatched(Kind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** The cache of the kind of this name, if it is watched. */
    Optional<KindCache> ifWatched(String kindName) {
        return byKind.entrySet().stream()
                .filter(one -> one.getKey().kindName().equals(kindName))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    Optional<Live> get(Kind kind, ObjectKey key) {
        return of(kind).get(key);
    }

    Collection<Live> all(Kind kind) {
        return of(kind).all();
    }

    void start() {
        byKind.values().forEach(KindCache::start);
    }

    @Override
    public void close() {
        byKind.values().forEach(KindCache::close);
    }
}
