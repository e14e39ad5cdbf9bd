package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of one kind in the namespaces that are watched; each namespace has a watch and a memory of its own. */
final class KindWatch<V> implements AutoCloseable {

    private static final long NO_RESYNC = 0;

    private final Kinds kind;
    private final Selection selection;
    private final Wakes wakes;
    private final Reader<V> reader;
    private final Surroundings around;
    private final ConcurrentMap<String, Informed<V>> byNamespace = new ConcurrentHashMap<>();

    /** What all kinds share. */
    record Surroundings(
            KubernetesClient client,
            Function<GenericKubernetesResource, Map<String, Object>> raw,
            Clock clock,
            Runnable changed,
            WatchTroubles troubles,
            Contact contact) {}

    /** What is told on: each change, or only that the first list is there. */
    enum Wakes {
        BY_CHANGE,
        ONCE
    }

    KindWatch(Kinds kind, Selection selection, Reader<V> reader, Surroundings around) {
        this(kind, selection, reader, around, Wakes.BY_CHANGE);
    }

    KindWatch(Kinds kind, Selection selection, Reader<V> reader, Surroundings around, Wakes wakes) {
        this.kind = kind;
        this.selection = selection;
        this.reader = reader;
        this.around = around;
        this.wakes = wakes;
    }

    Kinds kind() {
        return kind;
    }

    /** Watches these namespaces from now on, and no other. */
    void watch(Set<String> namespaces) {
        Map<String, Informed<V>> ended = new HashMap<>(byNamespace);
        ended.keySet().removeAll(namespaces);
        ended.forEach((namespace, informed) -> {
            byNamespace.remove(namespace);
            informed.end();
            around.troubles().forget(kind.kind(), namespace);
            around.contact().forget(collection(namespace));
        });
        namespaces.forEach(namespace -> byNamespace.computeIfAbsent(namespace, this::start));
    }

    Set<String> namespaces() {
        return Set.copyOf(byNamespace.keySet());
    }

    List<V> all() {
        return known(namespace -> true);
    }

    /** What is known where nothing is refused by now. */
    List<V> allSeen() {
        return known(namespace -> !isRefused(namespace));
    }

    private List<V> known(Predicate<String> namespaces) {
        return byNamespace.entrySet().stream()
                .filter(entry -> namespaces.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().cache().all().stream())
                .toList();
    }

    /** Where not all that there is has been listed and handed over, or where it is refused by now. */
    Set<String> missingIn() {
        return byNamespace.entrySet().stream()
                .filter(entry -> !entry.getValue().isThere() || isRefused(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether nothing will be seen there, for want of a right. */
    boolean isForbidden(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace))
                .filter(Informed::isForbidden)
                .isPresent();
    }

    /** Whether all that there is in every namespace has been listed and handed over. */
    boolean isThere() {
        return !byNamespace.isEmpty() && byNamespace.values().stream().allMatch(Informed::isThere);
    }

    boolean isThere(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace))
                .filter(Informed::isThere)
                .isPresent();
    }

    /** Whether all that there is in a namespace is known, and is not refused by now. */
    boolean isSeen(String namespace) {
        return isThere(namespace) && !isRefused(namespace);
    }

    private boolean isRefused(String namespace) {
        return around.contact().isRefused(collection(namespace));
    }

    private Watched.Collection collection(String namespace) {
        return new Watched.Collection(namespace, kind);
    }

    /** Whether every watch is there and open. */
    boolean isWell() {
        return byNamespace.values().stream().allMatch(informed -> informed.isThere() && informed.isWatching());
    }

    private Informed<V> start(String namespace) {
        KeysOnly keys = new KeysOnly();
        Outage outage = new Outage(around.contact());
        around.contact().expect(collection(namespace));
        Runnable changed = wakes == Wakes.BY_CHANGE ? around.changed() : () -> {};
        KindCache<V> cache = new KindCache<>(reader, around.raw(), around.clock(), changed);
        var informer = selected(around.client()
                        .genericKubernetesResources(kind.context())
                        .inNamespace(namespace))
                .runnableInformer(NO_RESYNC)
                .itemStore(keys)
                .addEventHandler(cache)
                .exceptionHandler((started, trouble) -> met(namespace, trouble, outage));
        informer.start().thenRun(around.changed()).exceptionally(trouble -> {
            met(namespace, trouble, outage);
            return null;
        });
        return new Informed<>(informer, keys, cache, outage);
    }

    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            selected(
                    NonNamespaceOperation<
                                    GenericKubernetesResource,
                                    GenericKubernetesResourceList,
                                    Resource<GenericKubernetesResource>>
                            all) {
        var some = all.withFields(selection.fields());
        for (Map.Entry<String, String> field : selection.without().entrySet()) {
            some = some.withoutField(field.getKey(), field.getValue());
        }
        return selection.label().isPresent() ? some.withLabel(selection.label().get()) : some;
    }

    /**
     * What an informer meets after its end is of our own making.
     *
     * @return whether it shall try again
     */
    private boolean met(String namespace, Throwable trouble, Outage outage) {
        boolean again = outage.met(trouble);
        if (again) {
            around.troubles().met(kind.kind(), namespace, trouble);
        }
        return again;
    }

    @Override
    public void close() {
        byNamespace.values().forEach(Informed::end);
    }

    /** An informer, and whether what it listed has reached the cache. */
    private static final class Informed<V> {

        private final SharedIndexInformer<GenericKubernetesResource> informer;
        private final KeysOnly keys;
        private final KindCache<V> cache;
        private final Outage outage;
        private volatile boolean there;

        Informed(
                SharedIndexInformer<GenericKubernetesResource> informer,
                KeysOnly keys,
                KindCache<V> cache,
                Outage outage) {
            this.informer = informer;
            this.keys = keys;
            this.cache = cache;
            this.outage = outage;
        }

        KindCache<V> cache() {
            return cache;
        }

        boolean isWatching() {
            return informer.isWatching();
        }

        void end() {
            outage.end();
            informer.close();
        }

        boolean isForbidden() {
            return outage.isForbidden(this::isWatching);
        }

        /** Once it is, it stays, for what comes later comes as a change. */
        boolean isThere() {
            there = there || (informer.hasSynced() && cache.knows(keys.keySet()));
            return there;
        }
    }
}
