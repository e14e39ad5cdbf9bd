package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Reader;
import io.tidewatch.cluster.ResourceKind;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of one kind in the watched namespaces; each namespace has a watch and a cache of its own. */
final class KindWatch<V> implements AutoCloseable {

    private final ResourceKind kind;
    private final Selection selection;
    private final Trigger trigger;
    private final Reader<V> reader;
    private final WatchContext context;
    private final ConcurrentMap<String, NamespaceWatch<V>> byNamespace = new ConcurrentHashMap<>();

    /** What triggers a pass besides lists and watches that open or fail. */
    enum Trigger {
        EACH_CHANGE,
        NO_CHANGE
    }

    KindWatch(ResourceKind kind, Selection selection, Reader<V> reader, WatchContext context) {
        this(kind, selection, reader, context, Trigger.EACH_CHANGE);
    }

    KindWatch(ResourceKind kind, Selection selection, Reader<V> reader, WatchContext context, Trigger trigger) {
        this.kind = kind;
        this.selection = selection;
        this.reader = reader;
        this.context = context;
        this.trigger = trigger;
    }

    ResourceKind kind() {
        return kind;
    }

    /** Watches these namespaces from now on, and no other. */
    void watch(Set<String> namespaces) {
        Map<String, NamespaceWatch<V>> dropped = new HashMap<>(byNamespace);
        dropped.keySet().removeAll(namespaces);
        dropped.forEach((namespace, watch) -> {
            byNamespace.remove(namespace);
            watch.stop();
            context.errors().forget(kind.kind(), namespace);
        });
        namespaces.forEach(namespace -> byNamespace.computeIfAbsent(namespace, this::start));
    }

    private NamespaceWatch<V> start(String namespace) {
        Runnable changed = trigger == Trigger.EACH_CHANGE ? context.changed() : () -> {};
        NamespaceWatch<V> watch = new NamespaceWatch<>(
                kind,
                namespace,
                WatchRequests.of(context.client(), kind, namespace, selection),
                new KindCache<>(reader, context.raw(), context.clock(), changed),
                context);
        watch.start();
        return watch;
    }

    Set<String> namespaces() {
        return Set.copyOf(byNamespace.keySet());
    }

    List<V> all() {
        return byNamespace.values().stream()
                .flatMap(watch -> watch.all().stream())
                .toList();
    }

    /**
     * The objects of the namespaces where the kind is not missing.
     *
     * @param fits takes an object and the instant until which everything in its namespace is known
     */
    List<V> allKnown(BiPredicate<V, Instant> fits) {
        return byNamespace.values().stream()
                .filter(NamespaceWatch::isKnown)
                .flatMap(watch -> {
                    Instant observedUntil = watch.observedUntil();
                    return watch.all().stream().filter(object -> fits.test(object, observedUntil));
                })
                .toList();
    }

    /** The namespaces where the kind has not been listed, or where its watch could not be opened for a while. */
    Set<String> missingIn() {
        return where(watch -> !watch.isKnown());
    }

    /**
     * The namespaces where the kind is not missing, and has no sign of life since then.
     *
     * @param nanos on the monotonic clock
     */
    Set<String> notObservedSince(long nanos) {
        return where(watch -> watch.isKnown() && !watch.isObservedSince(nanos));
    }

    private Set<String> where(Predicate<NamespaceWatch<V>> holds) {
        return byNamespace.entrySet().stream()
                .filter(entry -> holds.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By namespace, the instant until which everything that happened is known; without the namespaces where the kind is missing. */
    Map<String, Instant> observedUntil() {
        Map<String, Instant> observed = new HashMap<>();
        byNamespace.forEach((namespace, watch) -> {
            if (watch.isKnown()) {
                observed.put(namespace, watch.observedUntil());
            }
        });
        return observed;
    }

    /** When the API server last sent something, in the namespace where that is longest ago; empty before the first list. */
    Optional<Instant> lastHeard() {
        return byNamespace.values().stream()
                .flatMap(watch -> watch.lastHeard().stream())
                .min(Comparator.naturalOrder());
    }

    /** Makes sure that everything that happens in the namespace until then will be known. */
    void observeUntil(String namespace, Instant needed) {
        Optional.ofNullable(byNamespace.get(namespace)).ifPresent(watch -> watch.observeUntil(needed));
    }

    /** The same in every namespace. */
    void observeUntil(Instant needed) {
        byNamespace.values().forEach(watch -> watch.observeUntil(needed));
    }

    /** The API server answers again after an outage. */
    void resume() {
        byNamespace.values().forEach(NamespaceWatch::resume);
    }

    void tick(Heartbeat.State server) {
        byNamespace.values().forEach(watch -> watch.tick(server));
    }

    /** Whether the permission to see the kind in the namespace has been missing for a while. */
    boolean isForbidden(String namespace) {
        return is(namespace, NamespaceWatch::isForbidden);
    }

    /** Whether the API server has rejected the kind in the namespace for a while: no permission, or no such kind. */
    boolean isRefused(String namespace) {
        return is(namespace, NamespaceWatch::isRefused);
    }

    /** Whether all objects in every watched namespace have been listed. */
    boolean isListed() {
        return !byNamespace.isEmpty() && byNamespace.values().stream().allMatch(NamespaceWatch::isListed);
    }

    boolean isListed(String namespace) {
        return is(namespace, NamespaceWatch::isListed);
    }

    /** Whether the kind is not missing in the namespace. */
    boolean isKnown(String namespace) {
        return is(namespace, NamespaceWatch::isKnown);
    }

    private boolean is(String namespace, Predicate<NamespaceWatch<V>> holds) {
        return Optional.ofNullable(byNamespace.get(namespace)).filter(holds).isPresent();
    }

    /** The namespaces of which it is neither known what is there nor why that is not known. */
    Set<String> undecidedIn() {
        return where(watch -> !watch.isListed() && !watch.isClosed());
    }

    /** Whether all objects have been listed, and every watch is open. */
    boolean isHealthy() {
        return byNamespace.values().stream().allMatch(watch -> watch.isListed() && watch.isOpen());
    }

    @Override
    public void close() {
        byNamespace.values().forEach(NamespaceWatch::stop);
    }
}
