package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * KEDA, the controllers of HPAs, Rollouts, Deployments, StatefulSets and ReplicaSets, a scheduler and kubelets, all simulated, all
 * on one clock.
 *
 * <p>They read by watches and write by patches through the given client, like their originals, so they live on the
 * playground's API server and on a real one alike. What they do is held to recordings of the originals; a Rollout with
 * a workloadRef is left alone.
 */
public final class SimulatedControllers implements AutoCloseable {
    private static final Duration HOP = Duration.ofMillis(10);

    private final Caches caches;
    private final SimulationOptions options;
    private final WorkLoop loop;
    private final RolloutsReplicaSetCache replicaSets;
    private final KedaController keda;
    private final HpaController hpas;
    private final RolloutsController rollouts;
    private final Workloads workloads;
    private final ReplicaSetController replicaSetController;
    private final SchedulerController scheduler;
    private final KubeletController kubelet;
    private final QuotaController quotas;
    private final Faults faults;

    private volatile Duration rolloutsReaction;

    private SimulatedControllers(KubernetesClient client, PlaygroundClock clock, SimulationOptions options) {
        this.options = options;
        this.rolloutsReaction = options.rolloutsReaction();
        this.caches = new Caches(client);
        ClusterDoor door = new ClusterDoor(client);
        ControllerDeployments.ensure(client, door, options.rollouts());
        this.loop = new WorkLoop(clock, door, caches, options.leftOut());
        this.replicaSets = new RolloutsReplicaSetCache(caches.of(Kind.REPLICA_SET));
        Triggers triggers = new Triggers();
        Admission admission = new Admission(caches);
        this.keda = new KedaController(caches, triggers, clock::instant);
        this.hpas = new HpaController(caches, triggers, options.hpaSyncPeriod(), clock::instant);
        this.rollouts = new RolloutsController(caches, replicaSets, options.rollouts(), clock::instant);
        this.workloads = new Workloads(caches, loop, admission, clock::instant);
        this.replicaSetController = new ReplicaSetController(caches, admission, options.seed(), clock::instant);
        this.scheduler = new SchedulerController(caches, clock::instant);
        this.kubelet = new KubeletController(caches, options.podReadyAfter(), clock::instant);
        this.quotas = new QuotaController(caches);
        this.faults = new Faults(client, keda, rollouts, workloads, kubelet, admission, triggers, this::lookAgain);
        options.nodes().forEach(scheduler::addNode);
        wire();
    }

    /**
     * Creates the controllers' Deployments where they are missing, lists, watches, and starts to work. The clock stays
     * the caller's; close this before the client and the clock.
     */
    public static SimulatedControllers start(
            KubernetesClient client, PlaygroundClock clock, SimulationOptions options) {
        SimulatedControllers controllers = new SimulatedControllers(client, clock, options);
        controllers.loop.start();
        controllers.caches.start();
        return controllers;
    }

    /**
     * The next scaling of this Rollout leaves an old copy of the ReplicaSet in the controller's cache
     * (argo-rollouts#4047): its status is computed from that copy until the ReplicaSet is written again by anybody.
     *
     * @throws IllegalStateException with a version that does not have the fault
     */
    public void staleReplicaSetCacheOnNextScale(String namespace, String rollout) {
        if (options.rollouts() != RolloutsVersion.V1_7_2) {
            throw new IllegalStateException(
                    "argo-rollouts#4047 is not in " + options.rollouts().tag());
        }
        replicaSets.arm(new ObjectKey(namespace, rollout));
    }

    /** A stale copy stays in spite of nudges, until this Rollout's pods change or are scaled. For bounded remedies. */
    public void ignoreNudges(String namespace, String rollout) {
        replicaSets.ignoreWatch(new ObjectKey(namespace, rollout), true);
    }

    /** Nudges help again, from the next one on. */
    public void heedNudges(String namespace, String rollout) {
        replicaSets.ignoreWatch(new ObjectKey(namespace, rollout), false);
    }

    /** A restart of the Rollouts controller: it lists everything anew, which ends every stale copy and every fault. */
    public void restartRolloutsController() {
        replicaSets.relist();
        caches.all(Kind.ROLLOUT).forEach(one -> loop.enqueue(rollouts, one.key(), rolloutsReaction));
    }

    /** What can go wrong, to be switched on and off. */
    public Faults faults() {
        return faults;
    }

    /** All controllers process all objects once more. */
    private void lookAgain() {
        caches.all(Kind.SCALED_OBJECT).forEach(one -> loop.enqueue(keda, one.key(), options.kedaReaction()));
        caches.all(Kind.ROLLOUT).forEach(one -> loop.enqueue(rollouts, one.key(), rolloutsReaction));
        caches.all(Kind.REPLICA_SET).forEach(one -> loop.enqueue(replicaSetController, one.key(), HOP));
        caches.all(Kind.POD).forEach(this::podWaits);
        workloads.lookAgain();
    }

    /** Adds a node; pods that wait for room are scheduled on it. */
    public void addNode(int podCapacity) {
        scheduler.addNode(podCapacity);
        schedulePending();
    }

    /**
     * What the metrics recommend for this HPA from its next sync on. Unless set it is 1 for an HPA of KEDA; any other has no
     * metrics.
     */
    public void load(String namespace, String hpa, int replicas) {
        hpas.load(new ObjectKey(namespace, hpa), replicas);
    }

    /** The HPA controller has the feature gate HPAScaleToZero. The API server has one of its own. */
    public void hpasScaleToZero() {
        hpas.scaleToZero();
    }

    /** Sets how many ScaledObjects KEDA propagates to their HPAs in a second; about 3 with its defaults. */
    public void kedaCarriesOn(int perSecond) {
        keda.pace().perSecond(perSecond);
    }

    /** How long after its binding a pod becomes ready, for pods bound from now on. */
    public void podReadyAfter(Duration afterBinding) {
        kubelet.readyAfter(afterBinding);
    }

    /**
     * The same for the pods of one Rollout, Deployment or StatefulSet: its application starts more slowly, or faster, than the
     * others.
     */
    public void podReadyAfter(String namespace, String target, Duration afterBinding) {
        kubelet.readyAfter(new ObjectKey(namespace, target), afterBinding);
    }

    void podReadyAfter(Function<Live, Duration> afterBinding) {
        kubelet.readyAfter(afterBinding);
    }

    /** Sets how long after a change the controllers of Deployments and StatefulSets process it. */
    public void workloadsReactAfter(Duration change) {
        workloads.reactAfter(change);
    }

    /** Sets how long after a change the Rollouts controller processes it; a CPU limit makes that long. */
    public void rolloutsReactAfter(Duration change) {
        this.rolloutsReaction = change;
    }

    /** Whether everything that is due at this simulated instant has been done. */
    public boolean isIdle() {
        return loop.isIdle();
    }

    /** The longest real time by which the controllers were late so far: from when an object was due until it was processed. */
    public Duration longestDelay() {
        return loop.longestDelay();
    }

    /** Waits in real time until {@link #isIdle}; false when it was not within {@code atMost}. */
    public boolean awaitIdle(Duration atMost) {
        return loop.awaitIdle(atMost);
    }

    /** Waits in real time until the watches have brought this object in this version, or a later one. */
    public boolean awaitSeen(HasMetadata written, Duration atMost) {
        return caches.ifWatched(written.getKind())
                .map(cache -> cache.awaitSeen(written, atMost))
                .orElse(true);
    }

    /** Waits in real time until the watches have brought another version of this object than this one, or its end. */
    public boolean awaitChange(HasMetadata before, Duration atMost) {
        ObjectKey key = new ObjectKey(
                before.getMetadata().getNamespace(), before.getMetadata().getName());
        String version = before.getMetadata().getResourceVersion();
        return caches.ifWatched(before.getKind())
                .map(cache -> cache.await(key, seen -> !seen.resourceVersion().equals(version), atMost))
                .orElse(true);
    }

    @Override
    public void close() {
        loop.close();
        caches.close();
    }

    /** Registers which change of which kind makes which controller process which object. */
    private void wire() {
        caches.of(Kind.SCALED_OBJECT).onChange(one -> loop.enqueue(keda, one.key(), options.kedaReaction()));
        caches.of(Kind.HPA).onAppear(one -> loop.enqueue(hpas, one.key(), options.hpaSyncPeriod()));
        caches.of(Kind.HPA)
                .onChange(one -> one.controllerName(Kind.SCALED_OBJECT)
                        .ifPresent(name -> loop.enqueue(
                                keda, new ObjectKey(one.key().namespace(), name), options.kedaReaction())));
        caches.of(Kind.ROLLOUT).onChange(this::rolloutChanged);
        caches.of(Kind.REPLICA_SET).onChange(this::replicaSetChanged);
        caches.of(Kind.POD).onChange(this::podChanged);
        caches.of(Kind.SERVICE).onChange(this::serviceChanged);
        caches.of(Kind.CLAIM).onChange(claim -> schedulePending());
        for (Kind kind : List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)) {
            caches.of(kind).onChange(one -> targetChanged(new ScaleTarget(kind, one.key())));
        }
        caches.of(Kind.RESOURCE_QUOTA).onChange(quota -> loop.enqueue(quotas, quota.key(), HOP));
        caches.of(Kind.POD)
                .onChange(pod -> caches.of(Kind.RESOURCE_QUOTA).all().stream()
                        .filter(quota ->
                                quota.key().namespace().equals(pod.key().namespace()))
                        .forEach(quota -> loop.enqueue(quotas, quota.key(), HOP)));
        workloads.wire();
    }

    /** KEDA looks again at a ScaledObject whose target was missing. */
    private void targetChanged(ScaleTarget target) {
        caches.of(Kind.SCALED_OBJECT).all().stream()
                .filter(one -> ScaleTarget.of(one).filter(target::equals).isPresent())
                .filter(one -> !one.has("status", "hpaName"))
                .forEach(one -> loop.enqueue(keda, one.key(), options.kedaReaction()));
    }

    private void rolloutChanged(Live rollout) {
        loop.enqueue(rollouts, rollout.key(), rolloutsReaction);
        targetChanged(new ScaleTarget(Kind.ROLLOUT, rollout.key()));
    }

    private void replicaSetChanged(Live replicaSet) {
        replicaSets.watched(replicaSet);
        loop.enqueue(replicaSetController, replicaSet.key(), HOP);
        replicaSet
                .controllerName(Kind.ROLLOUT)
                .ifPresent(name ->
                        loop.enqueue(rollouts, new ObjectKey(replicaSet.key().namespace(), name), rolloutsReaction));
    }

    private void podChanged(Live pod) {
        pod.controllerName(Kind.REPLICA_SET)
                .ifPresent(name -> loop.enqueue(
                        replicaSetController, new ObjectKey(pod.key().namespace(), name), HOP));
        boolean gone = caches.of(Kind.POD).get(pod.key()).isEmpty();
        if (gone) {
            schedulePending();
        } else {
            podWaits(pod);
        }
    }

    private void podWaits(Live pod) {
        if (!Pods.isBound(pod)) {
            loop.enqueue(scheduler, pod.key(), HOP);
        } else if (pod.deleting() || !Pods.isReady(pod)) {
            loop.enqueue(kubelet, pod.key(), kubelet.readyAfter(pod));
        }
    }

    private void schedulePending() {
        caches.of(Kind.POD).all().stream()
                .filter(pod -> !Pods.isBound(pod))
                .forEach(pod -> loop.enqueue(scheduler, pod.key(), HOP));
    }

    private void serviceChanged(Live service) {
        caches.of(Kind.ROLLOUT).all().stream()
                .map(RolloutView::new)
                .filter(one -> one.live().key().namespace().equals(service.key().namespace()))
                .filter(one ->
                        List.of(one.activeService(), one.previewService()).contains(service.name()))
                .forEach(one -> loop.enqueue(rollouts, one.live().key(), rolloutsReaction));
    }
}
