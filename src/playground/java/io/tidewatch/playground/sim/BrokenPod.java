package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bound pod that does not come up, as its kubelet reports it: the status, and the Event that says why. */
record BrokenPod(Live pod, PodTrouble trouble, String at) {
    private static final int RESTARTS = 4;
    private static final int SIGKILL = 137;

    List<Write> report() {
        Map<String, Object> before = pod.map("status");
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("phase", isRunning() ? "Running" : "Pending");
        after.putIfAbsent("startTime", at);
        after.put("conditions", conditions());
        List<Object> containers = new ArrayList<>();
        pod.maps("spec", "containers").forEach(one -> containers.add(container(one)));
        after.put("containerStatuses", containers);
        if (trouble == PodTrouble.INIT_STUCK) {
            after.put("initContainerStatuses", List.of(init()));
        }
        Map<String, Object> patch = Fields.mergePatch(before, after);
        if (patch.isEmpty()) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.PatchStatus(Kind.POD, pod.key(), patch));
        event().ifPresent(writes::add);
        return writes;
    }

    private boolean isRunning() {
        return trouble == PodTrouble.CRASH_LOOP || trouble == PodTrouble.OOM_KILLED || trouble == PodTrouble.NOT_READY;
    }

    private List<Object> conditions() {
        List<Object> conditions = new ArrayList<>();
        boolean initialized = trouble != PodTrouble.INIT_STUCK;
        conditions.add(
                initialized
                        ? Pods.condition("Initialized", true, at)
                        : unmet("Initialized", "ContainersNotInitialized"));
        conditions.add(unmet("Ready", "ContainersNotReady"));
        conditions.add(unmet("ContainersReady", "ContainersNotReady"));
        pod.maps("status", "conditions").stream()
                .filter(one -> "PodScheduled".equals(one.get("type")))
                .forEach(conditions::add);
        return conditions;
    }

    /** Keeps the time since which it has been so. */
    private Map<String, Object> unmet(String type, String reason) {
        String since = pod.maps("status", "conditions").stream()
                .filter(one -> type.equals(one.get("type")) && "False".equals(one.get("status")))
                .map(one -> String.valueOf(one.get("lastTransitionTime")))
                .findFirst()
                .orElse(at);
        Map<String, Object> condition = Pods.condition(type, false, since);
        condition.put("reason", reason);
        condition.put("message", "containers with unready status: [c]");
        return condition;
    }

    private Map<String, Object> container(Map<String, Object> spec) {
        boolean died = trouble == PodTrouble.CRASH_LOOP || trouble == PodTrouble.OOM_KILLED;
        return Fields.tree(
                "name",
                spec.get("name"),
                "image",
                spec.get("image"),
                "ready",
                false,
                "started",
                trouble == PodTrouble.NOT_READY,
                "restartCount",
                died ? RESTARTS : 0,
                "lastState",
                died ? Map.of("terminated", terminated()) : null,
                "state",
                trouble == PodTrouble.NOT_READY
                        ? Map.of("running", Map.of("startedAt", at))
                        : Map.of("waiting", waiting(String.valueOf(spec.get("image")))));
    }

    private Map<String, Object> waiting(String image) {
        return switch (trouble) {
            case IMAGE_PULL ->
                Map.of("reason", "ImagePullBackOff", "message", "Back-off pulling image \"" + image + "\"");
            case CONTAINER_CONFIG ->
                Map.of("reason", "CreateContainerConfigError", "message", "configmap \"checkout\" not found");
            case CRASH_LOOP, OOM_KILLED ->
                Map.of(
                        "reason",
                        "CrashLoopBackOff",
                        "message",
                        "back-off 1m20s restarting failed container=c pod=" + pod.name());
            case INIT_STUCK -> Map.of("reason", "PodInitializing");
            default -> Map.of("reason", "ContainerCreating");
        };
    }

    private Map<String, Object> terminated() {
        boolean oom = trouble == PodTrouble.OOM_KILLED;
        return Map.of("exitCode", oom ? SIGKILL : 1, "reason", oom ? "OOMKilled" : "Error", "finishedAt", at);
    }

    private Map<String, Object> init() {
        return Fields.tree(
                "name",
                "migrate",
                "image",
                "migrate:1",
                "ready",
                false,
                "restartCount",
                0,
                "state",
                Map.of("running", Map.of("startedAt", at)));
    }

    private Optional<Write> event() {
        return switch (trouble) {
            case NOT_READY ->
                Optional.of(Write.Announce.warning(
                        Kind.POD, pod, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503"));
            case VOLUME ->
                Optional.of(Write.Announce.warning(
                        Kind.POD,
                        pod,
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"data\" : secret \"checkout-tls\" not found"));
            case CRASH_LOOP, OOM_KILLED ->
                Optional.of(Write.Announce.warning(
                        Kind.POD, pod, "BackOff", "Back-off restarting failed container c in pod " + pod.name()));
            case IMAGE_PULL -> Optional.of(Write.Announce.warning(Kind.POD, pod, "Failed", "Error: ImagePullBackOff"));
            default -> Optional.empty();
        };
    }
}
