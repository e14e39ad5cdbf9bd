package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of one kind in the namespaces that are watched; each namespace has a watch and a memory of its own. */
final class KindWatch<V> implements AutoCloseable {

    private final Kinds kind;
    private final Selection selection;
    private final Wakes wakes;
    private final Reader<V> reader;
    private final Surroundings around;
    private final ConcurrentMap<String, NamespaceWatch<V>> byNamespace = new ConcurrentHashMap<>();

    /**
     * What all kinds share.
     *
     * @param client does not repeat requests, and does not open watches again by itself
     * @param nanoTime a clock that never leaps
     * @param workers send requests
     */
    record Surroundings(
            KubernetesClient client,
            Function<GenericKubernetesResource, Map<String, Object>> raw,
            Clock clock,
            LongSupplier nanoTime,
            WatchTimes times,
            Runnable changed,
            WatchErrors troubles,
            ScheduledExecutorService workers) {}

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
        Map<String, NamespaceWatch<V>> ended = new HashMap<>(byNamespace);
        ended.keySet().removeAll(namespaces);
        ended.forEach((namespace, watch) -> {
            byNamespace.remove(namespace);
            watch.end();
            around.troubles().forget(kind.kind(), namespace);
        });
        namespaces.forEach(namespace -> byNamespace.computeIfAbsent(namespace, this::start));
    }

    Set<String> namespaces() {
        return Set.copyOf(byNamespace.keySet());
    }

    List<V> all() {
        return byNamespace.values().stream()
                .flatMap(watch -> watch.all().stream())
                .toList();
    }

    /** What is known where nothing is missing, as far as it fits the instant until which all that happened there is known. */
    List<V> allSeen(BiPredicate<V, Instant> fits) {
        return byNamespace.values().stream()
                .filter(KindWatch::isSeen)
                .flatMap(watch -> {
                    Instant heardUntil = watch.heardUntil();
                    return watch.all().stream().filter(one -> fits.test(one, heardUntil));
                })
                .toList();
    }

    /** Where not all that there is has been listed, or where its watch could not be opened for a while. */
    Set<String> missingIn() {
        return where(watch -> !isSeen(watch));
    }

    /** Where nothing of what is not missing has been heard since then, by the clock that never leaps: it may be older. */
    Set<String> unheardSince(long nanos) {
        return where(watch -> isSeen(watch) && !watch.isHeardSince(nanos));
    }

    private Set<String> where(Predicate<NamespaceWatch<V>> holds) {
        return byNamespace.entrySet().stream()
                .filter(entry -> holds.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Until when all that happened is known, by namespace; what is missing is left out. */
    Map<String, Instant> heardUntil() {
        Map<String, Instant> heard = new HashMap<>();
        byNamespace.forEach((namespace, watch) -> {
            if (isSeen(watch)) {
                heard.put(namespace, watch.heardUntil());
            }
        });
        return heard;
    }

    /** Makes sure that what happened there until then will be known. */
    void makeSure(String namespace, Instant needed) {
        Optional.ofNullable(byNamespace.get(namespace)).ifPresent(watch -> watch.makeSure(needed));
    }

    /** The same in every namespace. */
    void makeSure(Instant needed) {
        byNamespace.values().forEach(watch -> watch.makeSure(needed));
    }

    /** The API server answers again. */
    void resume() {
        byNamespace.values().forEach(NamespaceWatch::resume);
    }

    /** @param server what is known of the API server now */
    void tick(Heartbeat.State server) {
        byNamespace.values().forEach(watch -> watch.tick(server));
    }

    /** Whether nothing will be seen there, for want of a right. */
    boolean isForbidden(String namespace) {
        return is(namespace, NamespaceWatch::isForbidden);
    }

    /** Whether all that there is in every namespace has been listed. */
    boolean isThere() {
        return !byNamespace.isEmpty() && byNamespace.values().stream().allMatch(NamespaceWatch::isThere);
    }

    boolean isThere(String namespace) {
        return is(namespace, NamespaceWatch::isThere);
    }

    /** Whether all that there is in a namespace is known, and is still watched. */
    boolean isSeen(String namespace) {
        return is(namespace, KindWatch::isSeen);
    }

    private static boolean isSeen(NamespaceWatch<?> watch) {
        return watch.isThere() && !watch.isShut();
    }

    private boolean is(String namespace, Predicate<NamespaceWatch<V>> what) {
        return Optional.ofNullable(byNamespace.get(namespace)).filter(what).isPresent();
    }

    /** Whether every watch is there and open. */
    boolean isWell() {
        return byNamespace.values().stream().allMatch(watch -> watch.isThere() && watch.isOpen());
    }

    private NamespaceWatch<V> start(String namespace) {
        Runnable changed = wakes == Wakes.BY_CHANGE ? around.changed() : () -> {};
        NamespaceWatch<V> watch = new NamespaceWatch<>(
                kind,
                namespace,
                selected(around.client()
                        .genericKubernetesResources(kind.context())
                        .inNamespace(namespace)),
                new KindCache<>(reader, around.raw(), around.clock(), changed),
                around);
        watch.start();
        return watch;
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

    @Override
    public void close() {
        byNamespace.values().forEach(NamespaceWatch::end);
    }
}
