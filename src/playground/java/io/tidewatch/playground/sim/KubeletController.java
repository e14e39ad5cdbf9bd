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
    private static final Duration UNTIL_GONE = Duration.ofMillis(10);

    private final Caches caches;
    private final Supplier<Instant> now;
    private final Map<String, PodTrouble> troubles = new ConcurrentHashMap<>();
    private final Map<ObjectKey, PodTrouble> podTroubles = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Function<Live, Duration>> readyAfterByTarget = new ConcurrentHashMap<>();
    private volatile Function<Live, Duration> readyAfter;

    KubeletController(Caches caches, Duration readyAfter, Supplier<Instant> now) {
        this.caches = caches;
        this.readyAfter = spread(readyAfter);
        this.now = now;
    }

    /** From this pod's binding to its readiness; from the end of a pod's grace period to its end. */
    Duration readyAfter(Live pod) {
        if (pod.deleting()) {
            return UNTIL_GONE;
        }
        return targetOf(pod)
                .flatMap(target -> Optional.ofNullable(readyAfterByTarget.get(target)))
                .orElse(readyAfter)
                .apply(pod);
    }

    private Optional<ObjectKey> targetOf(Live pod) {
        String namespace = pod.key().namespace();
        return pod.controllerName(Kind.REPLICA_SET)
                .flatMap(name -> caches.get(Kind.REPLICA_SET, new ObjectKey(namespace, name)))
                .flatMap(set -> set.controllerName(Kind.ROLLOUT).or(() -> set.controllerName(Kind.DEPLOYMENT)))
                .or(() -> pod.controllerName(Kind.STATEFUL_SET))
                .map(name -> new ObjectKey(namespace, name));
    }

    /** About the same time for every pod: up to 40 ms more, as no two start together. */
    void readyAfter(Duration afterBinding) {
        this.readyAfter = spread(afterBinding);
    }

    /** A time for the pods of one Rollout, Deployment or StatefulSet, whatever it is for the others. */
    void readyAfter(ObjectKey target, Duration afterBinding) {
        readyAfterByTarget.put(target, spread(afterBinding));
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
        Optional<Live> bound = caches.get(Kind.POD, key).filter(Pods::isBound);
        if (bound.filter(Live::deleting).isPresent()) {
            return Decision.of(List.of(new Write.Delete(Kind.POD, key)));
        }
        return bound.filter(pod -> !Pods.isReady(pod))
                .map(pod -> Decision.of(
                        troubleOf(pod).map(trouble -> broken(pod, trouble)).orElseGet(() -> List.of(run(pod)))))
                .orElse(Decision.NOTHING);
    }

    /** Pods of this image do not come up. */
    void breakImage(String image, PodTrouble trouble) {
        troubles.put(image, trouble);
    }

    void mendImage(String image) {
        troubles.remove(image);
    }

    /** The pod of this name does not come up, whatever its image. */
    void breakPod(ObjectKey pod, PodTrouble trouble) {
        podTroubles.put(pod, trouble);
    }

    void mendPod(ObjectKey pod) {
        podTroubles.remove(pod);
    }

    private Optional<PodTrouble> troubleOf(Live pod) {
        Optional<PodTrouble> own = Optional.ofNullable(podTroubles.get(pod.key()));
        return own.or(() -> troubleOfImage(pod));
    }

    private Optional<PodTrouble> troubleOfImage(Live pod) {
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
