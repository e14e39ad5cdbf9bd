package io.tidewatch.playground.sim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The scheduler: binds a pod to the first node that has room for one more, or says why it cannot. */
final class SchedulerController implements SimulatedController {
    private record Node(String name, int podCapacity) {}

    private final Caches caches;
    private final Supplier<Instant> now;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    SchedulerController(Caches caches, Supplier<Instant> now) {
        this.caches = caches;
        this.now = now;
    }

    void addNode(int podCapacity) {
        nodes.add(new Node("n" + (nodes.size() + 1), podCapacity));
    }

    @Override
    public String name() {
        return "default-scheduler";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.POD, key)
                .filter(pod -> !pod.deleting() && !Pods.isBound(pod))
                .map(pod -> Decision.of(schedule(pod)))
                .orElse(Decision.NOTHING);
    }

    private List<Write> schedule(Live pod) {
        Optional<Node> free =
                nodes.stream().filter(node -> podsOn(node) < node.podCapacity).findFirst();
        String at = now.get().truncatedTo(ChronoUnit.SECONDS).toString();
        if (hasUnboundClaims(pod)) {
            return cannotSchedule(pod, "pod has unbound immediate PersistentVolumeClaims", at);
        }
        return free.map(node -> bind(pod, node, at))
                .orElseGet(() -> cannotSchedule(pod, nodes.size() + " Insufficient cpu", at));
    }

    private boolean hasUnboundClaims(Live pod) {
        return pod.maps("spec", "volumes").stream()
                .flatMap(volume -> Fields.at(volume, "persistentVolumeClaim", "claimName").stream())
                .map(claim -> new ObjectKey(pod.key().namespace(), claim.toString()))
                .anyMatch(claim -> caches.get(Kind.CLAIM, claim)
                        .filter(ClaimController::isBound)
                        .isEmpty());
    }

    private long podsOn(Node node) {
        return caches.all(Kind.POD).stream()
                .filter(pod -> pod.text("spec", "nodeName").equals(node.name))
                .count();
    }

    private static List<Write> bind(Live pod, Node node, String at) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Bind(pod.key(), node.name));
        writes.add(new Write.PatchStatus(
                Kind.POD, pod.key(), Map.of("conditions", List.of(Pods.condition("PodScheduled", true, at)))));
        writes.add(Write.Announce.normal(
                Kind.POD, pod, "Scheduled", "Successfully assigned " + pod.key() + " to " + node.name));
        return writes;
    }

    private List<Write> cannotSchedule(Live pod, String why, String at) {
        String message = "0/%d nodes are available: %s.".formatted(nodes.size(), why);
        if (Pods.isMarkedUnschedulable(pod, message)) {
            return List.of();
        }
        Map<String, Object> condition = Pods.condition("PodScheduled", false, at);
        condition.put("reason", "Unschedulable");
        condition.put("message", message);
        return List.of(
                new Write.PatchStatus(
                        Kind.POD, pod.key(), Map.of("phase", "Pending", "conditions", List.of(condition))),
                Write.Announce.warning(Kind.POD, pod, "FailedScheduling", message));
    }
}
