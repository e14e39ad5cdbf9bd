package io.tidewatch.preflight.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodNeeds.ContainerNeeds;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.observe.Dump;
import io.tidewatch.preflight.quota.QuotaAnswer.Incomputable;
import io.tidewatch.preflight.quota.QuotaAnswer.Room;
import io.tidewatch.preflight.quota.QuotaAnswer.TooLittle;
import io.tidewatch.preflight.quota.QuotaAnswer.Unnamed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class QuotaRoomTest {

    @ParameterizedTest
    @MethodSource("golden")
    void leavesRoomAsTheDocumentationSays(GoldenQuota golden) {
        assertThat(golden.answer()).isEqualTo(golden.expected());
    }

    static List<GoldenQuota> golden() throws IOException {
        try (InputStream file = QuotaRoomTest.class.getResourceAsStream("/quotas/golden.yaml")) {
            List<Map<String, Object>> cases = new Yaml().load(file);
            return cases.stream().map(GoldenQuota::new).toList();
        }
    }

    /** A case of the golden file, over objects as the API server serves them. */
    record GoldenQuota(Map<String, Object> written) {

        String answer() {
            ClusterState state = new Dump(List.of(replicaSet(), quota(), limitRange()), List.of()).read(Instant.EPOCH);
            PodNeeds pod = state.replicaSets().get(0).pod().orElseThrow();
            QuotaAnswer answer = QuotaRoom.of(
                            state.raiseFacts().quotas().quotas(),
                            state.raiseFacts().quotas().limitRanges(),
                            List.of(new Demand(pod, (int) written.get("new"))))
                    .get(0);
            if (answer instanceof TooLittle tight) {
                return "room for " + tight.pods() + " by " + tight.resource();
            }
            if (answer instanceof Unnamed unnamed) {
                return "rejected: " + unnamed.container() + " " + unnamed.resource();
            }
            return answer instanceof Incomputable unknown ? "unknown: " + unknown.why() : "all";
        }

        String expected() {
            if (written.containsKey("rejected")) {
                return "rejected: " + written.get("rejected");
            }
            if (written.containsKey("unknown")) {
                return "unknown: " + written.get("unknown");
            }
            return written.containsKey("all") ? "all" : "room for " + written.get("room") + " by " + written.get("by");
        }

        private Map<String, Object> replicaSet() {
            return object(
                    "ReplicaSet", Map.of("replicas", 1, "template", Map.of("spec", map(written.get("pod")))), Map.of());
        }

        private Map<String, Object> quota() {
            Map<String, Object> quota = map(written.get("quota"));
            Map<String, Object> spec = new HashMap<>(Map.of("hard", quota.get("hard")));
            spec.put("scopes", quota.getOrDefault("scopes", List.of()));
            spec.put("scopeSelector", Map.of("matchExpressions", quota.getOrDefault("scopeSelector", List.of())));
            return object(
                    "ResourceQuota",
                    spec,
                    quota.containsKey("used")
                            ? Map.of("hard", quota.get("hard"), "used", quota.get("used"))
                            : Map.of());
        }

        private Map<String, Object> limitRange() {
            return object("LimitRange", Map.of("limits", written.getOrDefault("limits", List.of())), Map.of());
        }

        private static Map<String, Object> object(String kind, Map<String, Object> spec, Map<String, Object> status) {
            return Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    kind,
                    "metadata",
                    Map.of("name", "one", "namespace", "shop"),
                    "spec",
                    spec,
                    "status",
                    status);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> map(Object value) {
            return (Map<String, Object>) value;
        }

        @Override
        public String toString() {
            return String.valueOf(written.get("case"));
        }
    }

    /** Random quotas and pods against a loop that admits one pod after the other. */
    @Test
    void agreesWithAdmittingPodsOneByOne() {
        Random random = new Random(212);
        int lacking = 0;
        for (int i = 0; i < 3_000; i++) {
            Map<String, BigDecimal> hard = new HashMap<>();
            Map<String, BigDecimal> used = new HashMap<>();
            for (String resource : List.of("pods", "requests.cpu", "limits.cpu", "requests.memory", "cpu")) {
                if (random.nextBoolean()) {
                    hard.put(resource, BigDecimal.valueOf(random.nextInt(30)));
                    used.put(resource, BigDecimal.valueOf(random.nextInt(12)));
                }
            }
            List<Demand> demands = new ArrayList<>();
            for (int kind = 0; kind <= random.nextInt(2); kind++) {
                demands.add(new Demand(pod(random), 1 + random.nextInt(4)));
            }
            ResourceQuotaView quota = new ResourceQuotaView("shop", "one", hard, used, List.of(), Set.of());
            QuotaAnswer answer =
                    QuotaRoom.of(List.of(quota), List.of(), demands).get(0);
            int admitted = admitted(hard, used, demands);
            int wanted = demands.stream().mapToInt(Demand::count).sum();

            assertThat(answer instanceof Room)
                    .as("%s %s %s", hard, used, demands)
                    .isEqualTo(admitted == wanted);
            if (answer instanceof TooLittle tight && demands.size() == 1) {
                assertThat(tight.pods()).as("%s %s %s", hard, used, demands).isEqualTo(admitted);
                lacking++;
            }
        }
        assertThat(lacking).isGreaterThan(300);
    }

    private static PodNeeds pod(Random random) {
        List<ContainerNeeds> containers = Stream.generate(() -> container(random, false))
                .limit(1 + random.nextInt(2))
                .toList();
        List<ContainerNeeds> inits = Stream.generate(() -> container(random, random.nextBoolean()))
                .limit(random.nextInt(3))
                .toList();
        return new PodNeeds(containers, inits, Map.of(), false, Optional.empty(), false, Optional.empty());
    }

    private static ContainerNeeds container(Random random, boolean sidecar) {
        return new ContainerNeeds(
                "c",
                sidecar,
                Map.of(
                        "cpu", BigDecimal.valueOf(random.nextInt(4)),
                        "memory", BigDecimal.valueOf(random.nextInt(4))),
                Map.of("cpu", BigDecimal.valueOf(4)));
    }

    /** Admits one pod after the other, as long as each resource of the pod fits. */
    private static int admitted(
            Map<String, BigDecimal> hard, Map<String, BigDecimal> usedBefore, List<Demand> demands) {
        Map<String, BigDecimal> used = new HashMap<>(usedBefore);
        int admitted = 0;
        for (Demand demand : demands) {
            for (int i = 0; i < demand.count(); i++) {
                Map<String, Integer> each = Map.of(
                        "pods", 1,
                        "requests.cpu", sum(demand.pod(), "cpu", false),
                        "cpu", sum(demand.pod(), "cpu", false),
                        "requests.memory", sum(demand.pod(), "memory", false),
                        "limits.cpu", sum(demand.pod(), "cpu", true));
                boolean fits = hard.keySet().stream()
                        .allMatch(resource -> used.get(resource)
                                        .add(BigDecimal.valueOf(each.get(resource)))
                                        .compareTo(hard.get(resource))
                                <= 0);
                if (!fits) {
                    return admitted;
                }
                hard.keySet()
                        .forEach(resource ->
                                used.merge(resource, BigDecimal.valueOf(each.get(resource)), BigDecimal::add));
                admitted++;
            }
        }
        return admitted;
    }

    /** The most that runs at any moment: at each init container, it and the sidecars before it; then all containers and sidecars. */
    private static int sum(PodNeeds pod, String resource, boolean limits) {
        List<ContainerNeeds> inits = pod.initContainers();
        int most = amounts(
                Stream.concat(pod.containers().stream(), inits.stream().filter(ContainerNeeds::sidecar)),
                resource,
                limits);
        for (int at = 0; at < inits.size(); at++) {
            Stream<ContainerNeeds> running = Stream.concat(
                    inits.subList(0, at).stream().filter(ContainerNeeds::sidecar), Stream.of(inits.get(at)));
            most = Math.max(most, amounts(running, resource, limits));
        }
        return most;
    }

    private static int amounts(Stream<ContainerNeeds> running, String resource, boolean limits) {
        return running.mapToInt(one -> (limits ? one.limits() : one.requests())
                        .getOrDefault(resource, BigDecimal.ZERO)
                        .intValue())
                .sum();
    }
}
