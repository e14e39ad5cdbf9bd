package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.RawObjects;
import io.tidewatch.cluster.heartbeat.ApiServerProbe;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.cluster.heartbeat.ReadyzProbe;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.cluster.WorkloadRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches the objects that targets consist of, and answers from memory. There is a watch for each kind in each namespace; a watch
 * for each object would be thousands.
 *
 * <p>What cannot be listed (the API server is away, a CRD is absent, a permission is missing) is retried with backoff; until it has
 * been listed, its kind is missing from the state. Each trouble is reported once, however many watches have it, and once when all
 * of it is resolved. Whether the API server answers is found out by a {@link Heartbeat}, never inferred from watches.
 */
public final class ClusterCaches implements AutoCloseable {

    /** Threads that send requests for lists and watches. */
    private static final int WORKERS = 8;

    /** After which a thread that has nothing to do ends. */
    private static final int IDLE_SECONDS = 30;

    private final WatchErrors errors;
    private final Runnable changed;
    private final LongSupplier nanoTime = System::nanoTime;
    private final ScheduledExecutorService workers;
    private final Heartbeat heartbeat;
    private final WatchedKinds kinds;
    private final OutageCatchUp catchUp;
    private final StateReader reader;
    private volatile Set<String> controllerNamespaces = Set.of();

    /** Passes on what the heartbeat finds: to the log, to the watches, and to the next pass. */
    private final class HeartbeatEvents implements Heartbeat.Listener {

        private Set<String> behindBefore = Set.of();

        @Override
        public void outageBegan(Throwable error) {
            catchUp.changed(nanoTime.getAsLong());
            errors.outage(error);
            changed.run();
        }

        @Override
        public void outageEnded() {
            catchUp.changed(nanoTime.getAsLong());
            kinds.all().forEach(KindWatch::resume);
            changed.run();
        }

        @Override
        public void answered(ApiServerProbe.Answer answer) {
            errors.answered(answer);
        }

        @Override
        public void ticked() {
            kinds.all().forEach(kind -> kind.tick(heartbeat.state()));
            Set<String> behind = catchUp.behind();
            if (!behind.equals(behindBefore)) {
                behindBefore = behind;
                changed.run();
            }
        }
    }

    /**
     * @param clock for the instant at which a version arrived
     * @param changed called after each change, by the thread of a watch
     * @param log takes a line, once, for what cannot be watched and why, and for its end
     */
    public ClusterCaches(
            KubernetesClient client, Readers readers, Clock clock, Runnable changed, Consumer<String> log) {
        this(client, readers, clock, changed, log, Heartbeat.Pace.DEFAULT, WatchTimes.DEFAULT);
    }

    /**
     * @param whole the kinds that a source lists, whose objects are kept with all fields
     * @param probe finds out whether the API server answers
     */
    public ClusterCaches(
            KubernetesClient client,
            Readers readers,
            Set<Kinds> whole,
            Clock clock,
            Runnable changed,
            Consumer<String> log,
            ApiServerProbe probe) {
        this(client, readers, whole, clock, changed, log, probe, Heartbeat.Pace.DEFAULT, WatchTimes.DEFAULT);
    }

    ClusterCaches(
            KubernetesClient client,
            Readers readers,
            Clock clock,
            Runnable changed,
            Consumer<String> log,
            Heartbeat.Pace pace,
            WatchTimes times) {
        this(client, readers, Set.of(), clock, changed, log, new ReadyzProbe(client, pace.timeout()), pace, times);
    }

    private ClusterCaches(
            KubernetesClient client,
            Readers readers,
            Set<Kinds> whole,
            Clock clock,
            Runnable changed,
            Consumer<String> log,
            ApiServerProbe probe,
            Heartbeat.Pace pace,
            WatchTimes times) {
        this.changed = changed;
        this.errors = new WatchErrors(client.getMasterUrl().toString(), log);
        this.workers = workers();
        Throttling throttling = new Throttling(nanoTime);
        WatchContext context = new WatchContext(
                WatchClient.of(client, throttling),
                throttling,
                new RawObjects(client)::of,
                clock,
                nanoTime,
                times,
                changed,
                errors,
                workers);
        this.kinds = WatchedKinds.of(readers, context, whole);
        this.catchUp = new OutageCatchUp(kinds);
        this.reader = new StateReader(kinds, catchUp);
        this.heartbeat = new Heartbeat(probe, pace, new HeartbeatEvents());
        heartbeat.start();
    }

    private static ScheduledExecutorService workers() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(WORKERS, task -> {
            Thread thread = new Thread(task, "tidewatch-watches-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        workers.allowCoreThreadTimeOut(true);
        workers.setRemoveOnCancelPolicy(true);
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return workers;
    }

    /** Watches the chain in these namespaces from now on, and in no other. */
    public void watch(Set<String> namespaces) {
        kinds.chain().forEach(kind -> kind.watch(namespaces));
    }

    /** Watches the Deployments and StatefulSets that targets need, with their ReplicaSets and pods, and no others. */
    public void watchWorkloads(Set<WorkloadRef> needed) {
        kinds.workloads().watch(needed);
    }

    /** Watches these objects of other kinds, for their own count, and no others. */
    public void watchScaleTargets(Map<WorkloadRef, TargetApi> needed) {
        kinds.scaleTargets().watch(needed);
    }

    /** The namespaces in which Deployments and StatefulSets are watched, or should be. */
    public Map<Use, Set<String>> workloadUses() {
        return Map.of(
                Use.DEPLOYMENTS, kinds.workloads().namespacesOf(WorkloadKind.DEPLOYMENT),
                Use.STATEFUL_SETS, kinds.workloads().namespacesOf(WorkloadKind.STATEFUL_SET));
    }

    /** Watches the Deployments of the controllers, for advice about their versions. */
    public void watchControllers(Set<String> namespaces) {
        controllerNamespaces = Set.copyOf(namespaces);
        kinds.controllers().watch(namespaces);
    }

    /**
     * Watches Events in the namespaces of lagging targets, and the Leases of the controllers while there are any. In an outage no
     * target lags, because none is observed, so these watches stay as they are.
     */
    public void watchLagging(Set<String> namespaces) {
        if (!heartbeat.isOutage()) {
            kinds.lagging().watch(namespaces, controllerNamespaces);
        }
    }

    /** Watches the PodDisruptionBudgets of the namespaces whose schedules may restart a Rollout, and of no other. */
    public void watchRestarts(Set<String> namespaces) {
        if (!heartbeat.isOutage()) {
            kinds.restarts().watch(namespaces);
        }
    }

    /** Watches the ResourceQuotas and LimitRanges of the namespaces in which a raise is near, and of no other. */
    public void watchRaises(Set<String> namespaces) {
        if (!heartbeat.isOutage()) {
            kinds.raises().watch(namespaces);
        }
    }

    /**
     * Makes sure that everything that happens in these namespaces until then will be known, because a target there is late by then.
     * A watch without a sign of life since then is opened again where it was.
     */
    public void observeUntil(Map<String, Instant> needed) {
        if (!heartbeat.isOutage()) {
            needed.forEach((namespace, then) -> {
                kinds.chains().forEach(kind -> kind.observeUntil(namespace, then));
                kinds.lagging().observeLeasesUntil(then);
            });
        }
    }

    /** The ScaledObjects and the HPAs without KEDA that are known now. */
    public List<AutoscalerView> autoscalers() {
        return reader.autoscalers();
    }

    /** Whether the permission to see the ScaledObjects of the namespace has been missing for a while. */
    public boolean isForbidden(String namespace) {
        return kinds.scaledObjects().isForbidden(namespace);
    }

    /** Whether all ScaledObjects of the namespace have been listed. */
    public boolean isListed(String namespace) {
        return kinds.scaledObjects().isListed(namespace);
    }

    /** By the plural of a kind, the namespaces of which it is neither known what is there nor why that is not known. */
    public SortedMap<String, Set<String>> undecided() {
        SortedMap<String, Set<String>> undecided = new TreeMap<>();
        kinds.all().forEach(kind -> {
            Set<String> namespaces = kind.undecidedIn();
            if (!namespaces.isEmpty()) {
                undecided
                        .computeIfAbsent(kind.kind().plural(), plural -> new TreeSet<>())
                        .addAll(namespaces);
            }
        });
        return undecided;
    }

    /** Whether the heartbeat, which takes part in the election too, has come round within this time. */
    public boolean isBeating(Duration within) {
        return heartbeat.isAlive(within);
    }

    /**
     * By the plural of a kind, when the API server last sent something about it, in the namespace where that is longest ago. A healthy watch
     * is heard of every minute or two; a kind that was never listed is left out.
     */
    public SortedMap<String, Instant> lastHeard() {
        SortedMap<String, Instant> heard = new TreeMap<>();
        kinds.all()
                .forEach(kind -> kind.lastHeard()
                        .ifPresent(at -> heard.merge(
                                kind.kind().plural(), at, (one, other) -> one.isBefore(other) ? one : other)));
        return heard;
    }

    /**
     * Everything that is known now.
     *
     * @param declared the objects that are needed with all their fields
     */
    public ClusterState state(Set<ObjectKey> declared, Instant now) {
        boolean isOutage = heartbeat.isOutage();
        if (!isOutage && kinds.all().allMatch(KindWatch::isHealthy)) {
            errors.resolved();
        }
        return reader.state(declared, isOutage, now);
    }

    @Override
    public void close() {
        errors.end();
        heartbeat.close();
        kinds.all().forEach(KindWatch::close);
        workers.shutdownNow();
    }
}
