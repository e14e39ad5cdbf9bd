package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The kubelets of all nodes: a bound pod is running and ready after the set time. */
final class KubeletController implements SimulatedController {
    private static final List<String> WHEN_READY =
            List.of("Initialized", "PodReadyToStartContainers", "Ready", "ContainersReady");

    private static final int SPREAD_MILLIS = 40;

    private final Caches caches;
    private final Supplier<Instant> now;
    private final Map<String, PodTrouble> troubles = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Function<Live, Duration>> readyAfterByRollout = new ConcurrentHashMap<>();
    private volatile Function<Live, Duration> readyAfter;

    KubeletController(Caches caches, Duration readyAfter, Supplier<Instant> now) {
        this.caches = caches;
        this.readyAfter = spread(readyAfter);
        this.now = now;
    }

    /** From this pod's binding to its readiness. */
    Duration readyAfter(Live pod) {
        return rolloutOf(pod)
                .flatMap(rollout -> Optional.ofNullable(readyAfterByRollout.get(rollout)))
                .orElse(readyAfter)
                .apply(pod);
    }

    private Optional<ObjectKey> rolloutOf(Live pod) {
        String namespace = pod.key().namespace();
        return pod.controllerName(Kind.REPLICA_SET)
                .flatMap(name -> caches.get(Kind.REPLICA_SET, new ObjectKey(namespace, name)))
                .flatMap(replicaSet -> replicaSet.controllerName(Kind.ROLLOUT))
                .map(name -> new ObjectKey(namespace, name));
    }

    /** About the same time for every pod: up to 40 ms more, as no two start together. */
    void readyAfter(Duration afterBinding) {
        this.readyAfter = spread(afterBinding);
    }

    /** A time for the pods of one Rollout, whatever it is for the others. */
    void readyAfter(ObjectKey rollout, Duration afterBinding) {
        readyAfterByRollout.put(rollout, spread(afterBinding));
    }

    /** A time of its own for each pod. */
    void readyAfter(Function<Live, Duration> afterBinding) {
        this.readyAfter = afterBinding;
    }

    private static Function<Live, Duration> spread(Duration afterBinding) {
        return pod -> afterBinding.plusMillis(Math.floorMod(pod.name().hashCode(), SPREAD_MILLIS));
    }

    @Override
    public String name() {
        return "kubelet";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.POD, key)
                .filter(pod -> Pods.isBound(pod) && !Pods.isReady(pod) && !pod.deleting())
                .map(pod -> Decision.of(
                        troubleOf(pod).map(trouble -> broken(pod, trouble)).orElseGet(() -> List.of(run(pod)))))
                .orElse(Decision.NOTHING);
    }

    /** Pods of this image do not come up. */
    void breakImage(String image, PodTrouble trouble) {
        troubles.put(image, trouble);
    }

    private Optional<PodTrouble> troubleOf(Live pod) {
        return pod.maps("spec", "containers").stream()
                .flatMap(
                        container -> Optional.ofNullable(troubles.get(String.valueOf(container.get("image")))).stream())
                .findFirst();
    }

    private List<Write> broken(Live pod, PodTrouble trouble) {
        return new BrokenPod(
                        pod, trouble, now.get().truncatedTo(ChronoUnit.SECONDS).toString())
                .report();
    }

    private Write run(Live pod) {
        String at = now.get().truncatedTo(ChronoUnit.SECONDS).toString();
        List<Object> conditions = new ArrayList<>();
        WHEN_READY.forEach(type -> conditions.add(Pods.condition(type, true, at)));
        pod.maps("status", "conditions").stream()
                .filter(one -> "PodScheduled".equals(one.get("type")))
                .forEach(conditions::add);
        List<Object> containers = new ArrayList<>();
        pod.maps("spec", "containers").forEach(one -> containers.add(container(one, at)));
        return new Write.PatchStatus(
                Kind.POD,
                pod.key(),
                Map.of(
                        "phase", "Running",
                        "startTime", at,
                        "conditions", conditions,
                        "containerStatuses", containers));
    }

    private static Map<String, Object> container(Map<String, Object> spec, String at) {
        return Fields.tree(
                "name",
                spec.get("name"),
                "image",
                spec.get("image"),
                "imageID",
                "sha256:0",
                "ready",
                true,
                "started",
                true,
                "restartCount",
                0,
                "state",
                Map.of("running", Map.of("startedAt", at)));
    }
}
