package io.tidewatch.preflight.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.preflight.quota.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Rollout {@code checkout} of the namespace shop, whose raise makes two pods, beside the Rollout {@code cart}. */
class NodeRoomTest {

    private static final Instant NOW = Instant.parse("2026-11-25T13:20:00Z");
    private static final Duration LASTING = Duration.ofMinutes(5);
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final String NO_CPU = "0/6 nodes are available: 6 Insufficient cpu.";
    private static final int SAMPLES = Integer.getInteger("tidewatch.nodes.samples", 2_000);

    private final List<Map<String, Object>> objects = new ArrayList<>();

    NodeRoomTest() {
        objects.add(object("ResourceQuota", "unrelated", Map.of("spec", Map.of())));
    }

    @Test
    void podsOfTheTargetThatWaitAreCertain() {
        sets("500m", "500m");
        waiting("checkout", "a", NO_CPU + " preemption: 0/6 nodes are available: 6 No preemption victims found.");
        waiting("checkout", "b", NO_CPU);

        assertThat(lack()).hasValueSatisfying(found -> {
            assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(found.sentence())
                    .isEqualTo("2 pods wait for a node already: 0/6 nodes are available: 6 Insufficient cpu");
            assertThat(found.evidence().object()).isEqualTo("Pod checkout-1-a");
        });
    }

    @Test
    void aPodOfTheNamespaceThatAsksForNoMoreIsLikely() {
        sets("500m", "400m");
        waiting("cart", "a", NO_CPU);

        assertThat(lack()).hasValueSatisfying(found -> {
            assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
            assertThat(found.sentence())
                    .isEqualTo("pod cart-1-a of the namespace, which asks for no more than a new pod, waits for a node:"
                            + " 0/6 nodes are available: 6 Insufficient cpu");
        });
    }

    @Test
    void aPodOfTheNamespaceThatAsksForMoreProvesNothing() {
        sets("500m", "501m");
        waiting("cart", "a", NO_CPU);

        assertThat(lack()).isEmpty();
    }

    @Test
    void aPodThatATaintKeepsAwayProvesNothingAboutAnother() {
        sets("500m", "400m");
        waiting("cart", "a", "0/6 nodes are available: 1 node(s) had untolerated taint {a: b}, 5 Insufficient cpu.");

        assertThat(lack()).isEmpty();
    }

    @Test
    void withoutTheLimitRangesAPodOfTheNamespaceProvesNothing() {
        objects.clear();
        sets("500m", "400m");
        waiting("cart", "a", NO_CPU);

        assertThat(lack()).isEmpty();
    }

    @Test
    void aRaiseWithoutNewPodsMeetsNoNodeWithoutRoom() {
        sets("500m", "400m");
        waiting("cart", "a", NO_CPU);
        event("checkout-1-gone", 40, 20);

        assertThat(room(List.of()).lack(NOW)).isEmpty();
    }

    @Test
    void anEventAboutAPodThatIsGoneIsLikelyWhereTheSchedulerLookedForLong() {
        sets("500m", "500m");
        event("checkout-1-gone", 40, 28);

        assertThat(lack()).hasValueSatisfying(found -> {
            assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
            assertThat(found.sentence())
                    .isEqualTo("for 12 min until 2026-11-25T12:52:00Z the scheduler found no node for pod"
                            + " checkout-1-gone: 0/6 nodes are available: 6 Insufficient cpu");
        });
    }

    @Test
    void anEventIsNoProofWhereItIsOldOrShortOrOfAnotherOrAPodFoundANodeSince() {
        sets("500m", "500m");
        event("checkout-1-old", 75, 61);
        event("checkout-1-short", 32, 28);
        event("cart-1-gone", 40, 28);
        assertThat(lack()).isEmpty();

        event("checkout-1-gone", 40, 28);
        assertThat(lack()).isPresent();

        scheduled("checkout", "since", NOW.minus(Duration.ofMinutes(27)));
        assertThat(lack()).isEmpty();
    }

    /** A pod that still exists speaks for itself: it waits, or it has a node. */
    @Test
    void anEventAboutAPodThatIsThereIsNoProof() {
        sets("500m", "500m");
        event("checkout-1-there", 40, 28);
        scheduled("checkout", "there", NOW.minus(Duration.ofMinutes(30)));

        assertThat(lack()).isEmpty();
    }

    /**
     * Random nodes, a pod of another Rollout that fits on none, and pods of the target: what is found is true of the nodes, and where
     * nothing but room is missing and the target asks for no less, it is found.
     */
    @Test
    void whatANeighbourProvesIsTrueOfEveryNode() {
        Random random = new Random(2611);
        int found = 0;
        int fits = 0;
        for (int i = 0; i < SAMPLES; i++) {
            List<Node> nodes = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(any -> new Node(random.nextInt(8), random.nextInt(8), random.nextInt(6) == 0))
                    .toList();
            Needs theirs = new Needs(1 + random.nextInt(8), 1 + random.nextInt(8), false);
            Needs ours = new Needs(1 + random.nextInt(8), 1 + random.nextInt(8), random.nextBoolean());
            if (nodes.stream().anyMatch(node -> node.fits(theirs))) {
                continue;
            }
            objects.clear();
            objects.add(object("ResourceQuota", "unrelated", Map.of("spec", Map.of())));
            set("checkout", ours.requests());
            set("cart", theirs.requests());
            waiting("cart", "a", message(nodes, theirs));
            boolean isFound = lack().isPresent();
            boolean oursFit = nodes.stream().anyMatch(node -> node.fits(ours));
            boolean isLarger = ours.cpu() >= theirs.cpu() && ours.memory() >= theirs.memory();

            assertThat(isFound && oursFit)
                    .as("%s: ours %s, theirs %s", nodes, ours, theirs)
                    .isFalse();
            if (isLarger && nodes.stream().noneMatch(Node::tainted)) {
                assertThat(isFound)
                        .as("%s: ours %s, theirs %s", nodes, ours, theirs)
                        .isTrue();
            }
            found += isFound ? 1 : 0;
            fits += oursFit ? 1 : 0;
        }
        assertThat(found).isGreaterThan(SAMPLES / 40);
        assertThat(fits).isGreaterThan(SAMPLES / 40);
    }

    private record Node(int cpu, int memory, boolean tainted) {

        boolean fits(Needs pod) {
            return cpu >= pod.cpu() && memory >= pod.memory() && (!tainted || pod.tolerates());
        }
    }

    private record Needs(int cpu, int memory, boolean tolerates) {

        Map<String, Object> requests() {
            return Map.of("cpu", Integer.toString(cpu), "memory", memory + "Gi");
        }
    }

    /** As kube-scheduler counts: a node with a taint is not asked for room. */
    private static String message(List<Node> nodes, Needs pod) {
        Map<String, Long> reasons = nodes.stream()
                .flatMap(node -> node.tainted() && !pod.tolerates()
                        ? Stream.of("node(s) had untolerated taint {a: b}")
                        : Stream.of(
                                        node.cpu() < pod.cpu() ? "Insufficient cpu" : "",
                                        node.memory() < pod.memory() ? "Insufficient memory" : "")
                                .filter(reason -> !reason.isEmpty()))
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
        return "0/" + nodes.size() + " nodes are available: "
                + reasons.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ". preemption: none.";
    }

    private Optional<NoNode> lack() {
        List<Demand> demands = observed().replicaSets().stream()
                .flatMap(set -> set.pod().stream())
                .map(pod -> new Demand(pod, 2))
                .toList();
        return room(demands).lack(NOW);
    }

    private NodeRoom room(List<Demand> demands) {
        return new NodeRoom(
                NamespaceNodes.of(state(), Set.of("shop")).getOrDefault("shop", NamespaceNodes.NONE),
                observed(),
                demands,
                LASTING);
    }

    private TargetObservation observed() {
        return Observations.of(state(), Set.of(CHECKOUT)).targets().get(CHECKOUT);
    }

    private ClusterState state() {
        return new Dump(objects, List.of()).read(NOW);
    }

    private void sets(String ours, String theirs) {
        set("checkout", Map.of("cpu", ours));
        set("cart", Map.of("cpu", theirs));
    }

    private void set(String rollout, Map<String, Object> requests) {
        objects.add(object("Rollout", rollout, Map.of("spec", Map.of("replicas", 5))));
        Map<String, Object> container = Map.of("name", "web", "resources", Map.of("requests", requests));
        Map<String, Object> set = new HashMap<>(object(
                "ReplicaSet",
                rollout + "-1",
                Map.of(
                        "spec",
                        Map.of("replicas", 5, "template", Map.of("spec", Map.of("containers", List.of(container)))),
                        "status",
                        Map.of("replicas", 5))));
        set.put("metadata", meta(rollout + "-1", "Rollout " + rollout, Map.of("rollouts-pod-template-hash", "1")));
        objects.add(set);
    }

    private void waiting(String rollout, String suffix, String message) {
        pod(
                rollout,
                suffix,
                Map.of("type", "PodScheduled", "status", "False", "reason", "Unschedulable", "message", message));
    }

    private void scheduled(String rollout, String suffix, Instant at) {
        pod(rollout, suffix, Map.of("type", "PodScheduled", "status", "True", "lastTransitionTime", at.toString()));
    }

    private void pod(String rollout, String suffix, Map<String, Object> condition) {
        Map<String, Object> pod = new HashMap<>(object(
                "Pod",
                rollout + "-1-" + suffix,
                Map.of("status", Map.of("phase", "Pending", "conditions", List.of(condition)))));
        pod.put("metadata", meta(rollout + "-1-" + suffix, "ReplicaSet " + rollout + "-1", Map.of()));
        objects.add(pod);
    }

    private void event(String pod, int fromMinutes, int toMinutes) {
        objects.add(object(
                "Event",
                pod + "." + fromMinutes,
                Map.of(
                        "involvedObject",
                        Map.of("kind", "Pod", "namespace", "shop", "name", pod),
                        "reason",
                        "FailedScheduling",
                        "type",
                        "Warning",
                        "message",
                        NO_CPU,
                        "firstTimestamp",
                        NOW.minus(Duration.ofMinutes(fromMinutes)).toString(),
                        "lastTimestamp",
                        NOW.minus(Duration.ofMinutes(toMinutes)).toString())));
    }

    private static Map<String, Object> object(String kind, String name, Map<String, Object> content) {
        Map<String, Object> object = new HashMap<>(content);
        object.put(
                "apiVersion",
                switch (kind) {
                    case "Rollout" -> "argoproj.io/v1alpha1";
                    case "ReplicaSet" -> "apps/v1";
                    default -> "v1";
                });
        object.put("kind", kind);
        object.put("metadata", Map.of("name", name, "namespace", "shop", "uid", kind + " " + name));
        return object;
    }

    private static Map<String, Object> meta(String name, String owner, Map<String, Object> labels) {
        return Map.of(
                "name",
                name,
                "namespace",
                "shop",
                "uid",
                "ReplicaSet " + name,
                "labels",
                labels,
                "ownerReferences",
                List.of(Map.of("controller", true, "uid", owner, "kind", "any", "name", "any")));
    }
}
