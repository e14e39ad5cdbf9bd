package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.tidewatch.cluster.KindWatch.Surroundings;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.plan.LiveObject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches what targets are made of, and answers from memory. Namespaces come and go with definitions; ReplicaSets and pods
 * are asked for by the label that Argo Rollouts puts on them. One watch for each kind and namespace: a watch for each object
 * would be thousands, and what other objects there are in a namespace of ours is few and kept trimmed.
 *
 * <p>What cannot be listed (the API server is away, a CRD is absent, a right is missing) is tried again with backoff; until it
 * has been, its kind is missing from the state. Each trouble is said once, however many watches meet it, until all are well
 * again. Whether the API server is there is asked of it by a {@link Heartbeat}, never inferred from watches.
 */
public final class ClusterCaches implements AutoCloseable {

    /** Threads that send requests for lists and watches. */
    private static final int WORKERS = 8;

    private static final Selection OF_ROLLOUTS = Selection.labelled("rollouts-pod-template-hash");

    private final WatchErrors troubles;
    private final Runnable changed;
    private final LongSupplier nanoTime = System::nanoTime;
    private final ScheduledExecutorService workers;
    private final Heartbeat heartbeat;
    private final KindWatch<FullObject<ScaledObjectView>> scaledObjects;
    private final KindWatch<FullObject<RolloutView>> rollouts;
    private final KindWatch<HpaView> hpas;
    private final KindWatch<ReplicaSetView> replicaSets;
    private final KindWatch<PodView> pods;
    private final KindWatch<ControllerView> controllers;
    private final LaggingWatches closer;
    private volatile Set<String> controllerNamespaces = Set.of();

    /** When the latest outage began or ended, by the clock that never leaps. */
    private volatile long lostAt;

    private volatile boolean wasLost;
    private Set<String> behindBefore = Set.of();

    /** Reports what the API server answers, or that it does not, and has it looked at. */
    private final class Beats implements Heartbeat.Listener {

        @Override
        public void lost(Throwable why) {
            lostAt = nanoTime.getAsLong();
            wasLost = true;
            troubles.outage(why);
            changed.run();
        }

        @Override
        public void reachableAgain() {
            lostAt = nanoTime.getAsLong();
            watches().forEach(KindWatch::resume);
            changed.run();
        }

        @Override
        public void answered(ApiServerProbe.Answer answer) {
            troubles.answered(answer);
        }

        @Override
        public void ticked() {
            watches().forEach(kind -> kind.tick(heartbeat.state()));
            Set<String> behind = behind();
            if (!behind.equals(behindBefore)) {
                behindBefore = behind;
                changed.run();
            }
        }
    }

    /**
     * @param clock tells when a version reached us
     * @param changed called after each change, from the thread of a watch
     * @param said told, once, of what cannot be watched and why, and of its end
     */
    public ClusterCaches(
            KubernetesClient client, Readers readers, Clock clock, Runnable changed, Consumer<String> said) {
        this(client, readers, clock, changed, said, Heartbeat.Pace.DEFAULT, WatchTimes.DEFAULT);
    }

    /**
     * @param pace of the questions whether the API server is there
     * @param times of watches in trouble
     */
    ClusterCaches(
            KubernetesClient client,
            Readers readers,
            Clock clock,
            Runnable changed,
            Consumer<String> said,
            Heartbeat.Pace pace,
            WatchTimes times) {
        this.changed = changed;
        this.troubles = new WatchErrors(client.getMasterUrl().toString(), said);
        this.workers = workers();
        Surroundings around = new Surroundings(
                neverAgainByItself(client),
                new RawObjects(client)::of,
                clock,
                nanoTime,
                times,
                changed,
                troubles,
                workers);
        this.scaledObjects =
                new KindWatch<>(Kinds.SCALED_OBJECT, Selection.ALL, FullObject.reader(readers.scaledObjects()), around);
        this.rollouts = new KindWatch<>(Kinds.ROLLOUT, Selection.ALL, FullObject.reader(readers.rollouts()), around);
        this.hpas = new KindWatch<>(Kinds.HPA, Selection.ALL, readers.hpas(), around);
        this.replicaSets = new KindWatch<>(Kinds.REPLICA_SET, OF_ROLLOUTS, readers.replicaSets(), around);
        this.pods = new KindWatch<>(Kinds.POD, OF_ROLLOUTS, readers.pods(), around);
        this.controllers = new KindWatch<>(Kinds.DEPLOYMENT, Selection.ALL, readers.controllers(), around);
        this.closer = new LaggingWatches(readers, around);
        this.heartbeat = new Heartbeat(new ReadyzProbe(client, pace.patience()), pace, new Beats());
        heartbeat.start();
    }

    /** A list or a watch that failed is tried again by {@link NamespaceWatch}, which knows since when. */
    private static KubernetesClient neverAgainByItself(KubernetesClient client) {
        return client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withWatchReconnectLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
    }

    private static ScheduledExecutorService workers() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(WORKERS, task -> {
            Thread thread = new Thread(task, "tidewatch-watches-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.setRemoveOnCancelPolicy(true);
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return workers;
    }

    /** Watches the chain in these namespaces from now on, and in no other. */
    public void watch(Set<String> namespaces) {
        chain().forEach(kind -> kind.watch(namespaces));
    }

    /** Watches the Deployments of controllers, whose versions are advised on. */
    public void watchControllers(Set<String> namespaces) {
        controllerNamespaces = Set.copyOf(namespaces);
        controllers.watch(namespaces);
    }

    /**
     * Watches Events where targets lag, and the Leases of the controllers for as long as any does. While nothing is heard
     * no target can be told to lag, and these may be the very watches that tell of it: they stay as they are.
     */
    public void lookCloser(Set<String> lagging) {
        if (!heartbeat.isLost()) {
            closer.at(lagging, controllerNamespaces);
        }
    }

    /**
     * Makes sure that what happened in these namespaces until then will be known, for a target there is late by then. A watch
     * that has heard nothing since is opened anew where it was.
     */
    public void makeSure(Map<String, Instant> needed) {
        if (!heartbeat.isLost()) {
            needed.forEach((namespace, then) -> {
                chain().forEach(kind -> kind.makeSure(namespace, then));
                closer.makeSureOfLeases(then);
            });
        }
    }

    /** The ScaledObjects that are known now. */
    public List<ScaledObjectView> scaledObjects() {
        return scaledObjects.all().stream().map(FullObject::view).toList();
    }

    /** Whether nobody will let us see the ScaledObjects of a namespace. */
    public boolean mayNotSeeScaledObjectsOf(String namespace) {
        return scaledObjects.isForbidden(namespace);
    }

    /** Whether all ScaledObjects that there are in a namespace are known. */
    public boolean knowsScaledObjectsOf(String namespace) {
        return scaledObjects.isThere(namespace);
    }

    /**
     * What is known now.
     *
     * @param declared the objects that are wanted whole
     */
    public ClusterState state(Set<ObjectKey> declared, Instant now) {
        boolean lost = heartbeat.isLost();
        if (!lost && watches().allMatch(KindWatch::isWell)) {
            troubles.resolved();
        }
        return new ClusterState(
                now,
                scaledObjects(),
                hpas.all(),
                rollouts.all().stream().map(FullObject::view).toList(),
                replicaSets.all(),
                pods.all(),
                closer.knownEvents(),
                Optional.of(closer.eventsSeenIn()),
                controllers.all(),
                lost ? List.of() : closer.knownLeases(now),
                declaredAmong(declared),
                missing(lost),
                missingIn(),
                heardUntil());
    }

    /** By namespace, what the least heard of its kinds is known until. */
    private Map<String, Instant> heardUntil() {
        Map<String, Instant> heard = new HashMap<>();
        chain().forEach(kind -> kind.heardUntil()
                .forEach((namespace, at) ->
                        heard.merge(namespace, at, (one, other) -> one.isBefore(other) ? one : other)));
        return heard;
    }

    /** Where something of a chain has not been heard of since the latest outage ended; what is known there may be older. */
    private Set<String> behind() {
        return wasLost
                ? chain().flatMap(kind -> kind.unheardSince(lostAt).stream()).collect(Collectors.toUnmodifiableSet())
                : Set.of();
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

    /**
     * A kind of the chain is missing everywhere while no namespace is watched; the API server is while it does not answer,
     * for then all that is known may be old.
     */
    private Set<String> missing(boolean lost) {
        Stream<String> unwatched = chain().filter(kind -> kind.namespaces().isEmpty())
                .map(kind -> kind.kind().kind());
        Stream<String> unseen = Stream.of(controllers)
                .filter(kind -> !kind.isThere())
                .map(kind -> kind.kind().kind());
        Stream<String> unheard = lost ? Stream.of(ClusterState.API_SERVER) : Stream.empty();
        return Stream.of(unwatched, unseen, unheard).flatMap(kinds -> kinds).collect(Collectors.toUnmodifiableSet());
    }

    /** By namespace: that one may not be seen says nothing about another. */
    private Map<String, Set<String>> missingIn() {
        Map<String, Set<String>> missing = new HashMap<>();
        chain().forEach(kind -> kind.missingIn()
                .forEach(namespace -> missing.computeIfAbsent(namespace, n -> new HashSet<>())
                        .add(kind.kind().kind())));
        behind().forEach(namespace ->
                missing.computeIfAbsent(namespace, n -> new HashSet<>()).add(ClusterState.API_SERVER));
        return missing;
    }

    private Stream<KindWatch<?>> chain() {
        return Stream.of(scaledObjects, rollouts, hpas, replicaSets, pods);
    }

    private Stream<KindWatch<?>> kinds() {
        return Stream.concat(chain(), Stream.of(controllers));
    }

    private Stream<KindWatch<?>> watches() {
        return Stream.concat(kinds(), closer.kinds());
    }

    @Override
    public void close() {
        troubles.end();
        heartbeat.close();
        watches().forEach(KindWatch::close);
        workers.shutdownNow();
    }
}
