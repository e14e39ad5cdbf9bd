package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.ControllerView;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.PodView;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches what targets are made of, and answers from memory. Namespaces are added as definitions name them; ReplicaSets
 * and pods are asked for by the label that Argo Rollouts puts on them.
 *
 * <p>An informer that cannot list (the API server is away, a CRD is absent, a right is missing) tries again with backoff;
 * until it has, its kind is missing from the state. Each trouble is said once, however many informers meet it, until all
 * are well again.
 */
public final class ClusterCaches implements AutoCloseable {

    private static final String POD_HASH = "rollouts-pod-template-hash";
    private static final long NO_RESYNC = 0;

    private final KubernetesClient client;
    private final Runnable changed;
    private final WatchTroubles troubles;
    private final ConcurrentMap<Watched, Informed> informers = new ConcurrentHashMap<>();

    private final KindCache<Whole<ScaledObjectView>> scaledObjects;
    private final KindCache<Whole<RolloutView>> rollouts;
    private final KindCache<HpaView> hpas;
    private final KindCache<ReplicaSetView> replicaSets;
    private final KindCache<PodView> pods;
    private final KindCache<ControllerView> controllers;

    /**
     * @param clock tells when a version reached us
     * @param changed called after each change, from an informer's thread
     * @param said told, once, of what cannot be watched and why, and of its end
     */
    public ClusterCaches(
            KubernetesClient client, Readers readers, Clock clock, Runnable changed, Consumer<String> said) {
        this.client = client;
        this.changed = changed;
        this.troubles = new WatchTroubles(client.getMasterUrl().toString(), said);
        Function<GenericKubernetesResource, Map<String, Object>> raw = new RawObjects(client)::of;
        this.scaledObjects = new KindCache<>(Whole.reader(readers.scaledObjects()), raw, clock, changed);
        this.rollouts = new KindCache<>(Whole.reader(readers.rollouts()), raw, clock, changed);
        this.hpas = new KindCache<>(readers.hpas(), raw, clock, changed);
        this.replicaSets = new KindCache<>(readers.replicaSets(), raw, clock, changed);
        this.pods = new KindCache<>(readers.pods(), raw, clock, changed);
        this.controllers = new KindCache<>(readers.controllers(), raw, clock, changed);
    }

    /** Watches the chain in these namespaces, besides those that are watched already. */
    public void watch(Set<String> namespaces) {
        for (String namespace : namespaces) {
            inform(Kinds.SCALED_OBJECT, namespace, Optional.empty(), scaledObjects);
            inform(Kinds.ROLLOUT, namespace, Optional.empty(), rollouts);
            inform(Kinds.HPA, namespace, Optional.empty(), hpas);
            inform(Kinds.REPLICA_SET, namespace, Optional.of(POD_HASH), replicaSets);
            inform(Kinds.POD, namespace, Optional.of(POD_HASH), pods);
        }
    }

    /** Watches the Deployments of controllers, whose versions are advised on. */
    public void watchControllers(Set<String> namespaces) {
        namespaces.forEach(namespace -> inform(Kinds.DEPLOYMENT, namespace, Optional.empty(), controllers));
    }

    /**
     * What is known now.
     *
     * @param declared the objects that are wanted whole
     */
    public ClusterState state(Set<ObjectKey> declared, Instant now) {
        if (informers.values().stream()
                .allMatch(informed -> informed.isThere() && informed.informer().isWatching())) {
            troubles.over();
        }
        return new ClusterState(
                now,
                scaledObjects.all().stream().map(Whole::view).toList(),
                hpas.all(),
                rollouts.all().stream().map(Whole::view).toList(),
                replicaSets.all(),
                pods.all(),
                List.of(),
                controllers.all(),
                declaredAmong(declared),
                missing());
    }

    private Map<ObjectKey, LiveObject> declaredAmong(Set<ObjectKey> declared) {
        return Stream.concat(
                        scaledObjects.all().stream()
                                .map(whole -> whole.object(
                                        Kinds.SCALED_OBJECT, whole.view().meta())),
                        rollouts.all().stream()
                                .map(whole ->
                                        whole.object(Kinds.ROLLOUT, whole.view().meta())))
                .filter(live -> declared.contains(live.key()))
                .collect(Collectors.toUnmodifiableMap(LiveObject::key, Function.identity()));
    }

    /** A kind is missing while one of its informers has not listed and handed over, or there is none yet. */
    private Set<String> missing() {
        Set<String> there = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        informers.forEach((watched, informer) ->
                (informer.isThere() ? there : waiting).add(watched.kind().kind()));
        return Arrays.stream(Kinds.values())
                .filter(kind -> kind != Kinds.EVENT)
                .map(Kinds::kind)
                .filter(kind -> waiting.contains(kind) || !there.contains(kind))
                .collect(Collectors.toUnmodifiableSet());
    }

    private <V> void inform(Kinds kind, String namespace, Optional<String> label, KindCache<V> cache) {
        informers.computeIfAbsent(new Watched(kind, namespace), watched -> start(watched, label, cache));
    }

    private <V> Informed start(Watched watched, Optional<String> label, KindCache<V> cache) {
        KeysOnly keys = new KeysOnly();
        var inNamespace =
                client.genericKubernetesResources(watched.kind().context()).inNamespace(watched.namespace());
        var informer = (label.isPresent() ? inNamespace.withLabel(label.get()) : inNamespace)
                .runnableInformer(NO_RESYNC)
                .itemStore(keys)
                .addEventHandler(cache)
                .exceptionHandler((started, trouble) -> retry(watched, trouble));
        informer.start().thenRun(changed).exceptionally(trouble -> {
            troubles.met(watched.kind().kind(), watched.namespace(), trouble);
            return null;
        });
        return new Informed(informer, () -> cache.knows(keys.keySet()));
    }

    private boolean retry(Watched watched, Throwable trouble) {
        troubles.met(watched.kind().kind(), watched.namespace(), trouble);
        return true;
    }

    @Override
    public void close() {
        troubles.end();
        informers.values().forEach(informed -> informed.informer().close());
    }

    /** An informer, and whether what it listed has reached the cache. */
    private static final class Informed {

        private final SharedIndexInformer<GenericKubernetesResource> informer;
        private final BooleanSupplier handedOver;
        private volatile boolean there;

        Informed(SharedIndexInformer<GenericKubernetesResource> informer, BooleanSupplier handedOver) {
            this.informer = informer;
            this.handedOver = handedOver;
        }

        SharedIndexInformer<GenericKubernetesResource> informer() {
            return informer;
        }

        /** Once it is, it stays: what comes later comes as a change. */
        boolean isThere() {
            there = there || (informer.hasSynced() && handedOver.getAsBoolean());
            return there;
        }
    }

    private record Watched(Kinds kind, String namespace) {}
}
