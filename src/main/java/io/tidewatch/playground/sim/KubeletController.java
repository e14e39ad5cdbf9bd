package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The kubelets of all nodes: a bound pod is running and ready after the set time. */
final class KubeletController implements SimulatedController {
    private static final List<String> WHEN_READY =
            List.of("Initialized", "PodReadyToStartContainers", "Ready", "ContainersReady");

    private final Caches caches;
    private final Supplier<Instant> now;
    private volatile Duration readyAfter;

    KubeletController(Caches caches, Duration readyAfter, Supplier<Instant> now) {
        this.caches = caches;
        this.readyAfter = readyAfter;
        this.now = now;
    }

    Duration readyAfter() {
        return readyAfter;
    }

    void readyAfter(Duration afterBinding) {
        this.readyAfter = afterBinding;
    }

    @Override
    public String name() {
        return "kubelet";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.POD, key)
                .filter(pod -> Pods.isBound(pod) && !Pods.isReady(pod) && !pod.deleting())
                .map(pod -> Decision.of(List.of(run(pod))))
                .orElse(Decision.NOTHING);
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
