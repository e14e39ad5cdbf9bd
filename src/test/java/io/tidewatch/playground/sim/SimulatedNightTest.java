package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a minimum through all the hops, and the faults that the playground must show. */
class SimulatedNightTest {

    @ParameterizedTest
    @ValueSource(strings = {Stage.CANARY, Stage.BLUE_GREEN})
    void aMinimumRaisedAndLoweredReachesThePods(String strategy) {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(strategy)) {
            assertThat(stage.readyPods()).isEqualTo(5);
            stage.min(7);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods()).isEqualTo(7);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(7);
            stage.min(5);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods()).isEqualTo(5);
            assertThat(stage.rollout().integer("status", "replicas")).isEqualTo(5);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Stage.CANARY, Stage.BLUE_GREEN})
    void aStaleCopyKeepsTheStatusOldUntilTheReplicaSetIsTouched(String strategy) {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(strategy)) {
            stage.min(7);
            stage.pass(Duration.ofSeconds(20));
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            stage.min(5);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods()).isEqualTo(5);
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(7);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
            stage.pass(Duration.ofSeconds(70));
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Degraded");
            nudge(stage);
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(5);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
        }
    }

    @Test
    void anAnnotationOfTheRolloutReachesItsReplicaSetAndHealsTheStaleCopy() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(Stage.BLUE_GREEN)) {
            stage.min(7);
            stage.pass(Duration.ofSeconds(20));
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            stage.min(5);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(7);
            stage.patch(
                    Kind.ROLLOUT,
                    Stage.NAME,
                    "{\"metadata\":{\"annotations\":{\"tidewatch.io/nudged-at\":\"2026-11-22T17:01:00Z\"}}}");
            stage.pass(Duration.ofSeconds(1));
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(5);
        }
    }

    @Test
    void aFaultThatIgnoresNudgesStaysStale() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(Stage.BLUE_GREEN)) {
            stage.min(7);
            stage.pass(Duration.ofSeconds(20));
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            stage.controllers.ignoreNudges(Stage.NS, Stage.NAME);
            stage.min(5);
            stage.pass(Duration.ofSeconds(20));
            nudge(stage);
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(7);
            stage.controllers.heedNudges(Stage.NS, Stage.NAME);
            nudge(stage);
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(5);
        }
    }

    @Test
    void podsWithoutRoomArePendingUntilANodeComes() {
        try (Stage stage =
                new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(3, 3)).with(Stage.CANARY)) {
            stage.min(8);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods()).isEqualTo(6);
            assertThat(stage.list(Kind.EVENT))
                    .extracting(event -> event.get("reason"), event -> event.get("message"))
                    .contains(org.assertj.core.groups.Tuple.tuple(
                            "FailedScheduling", "0/2 nodes are available: 2 Insufficient cpu."));
            stage.controllers.addNode(10);
            stage.pass(Duration.ofSeconds(5));
            assertThat(stage.readyPods()).isEqualTo(8);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
        }
    }

    @Test
    void podsOfOneRolloutHaveAStartOfTheirOwn() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(Stage.CANARY)) {
            stage.controllers.podReadyAfter(Stage.NS, "other", Duration.ofHours(1));
            stage.controllers.podReadyAfter(Stage.NS, Stage.NAME, Duration.ofSeconds(90));
            stage.min(7);
            stage.passUntil(() -> stage.list(Kind.POD).size() == 7, Duration.ofSeconds(20));
            stage.pass(Duration.ofSeconds(89));
            assertThat(stage.readyPods()).isEqualTo(5);
            stage.pass(Duration.ofSeconds(2));
            assertThat(stage.readyPods()).isEqualTo(7);

            stage.controllers.podReadyAfter(Stage.NS, Stage.NAME, Duration.ofSeconds(1));
            stage.min(9);
            stage.passUntil(() -> stage.list(Kind.POD).size() == 9, Duration.ofSeconds(20));
            stage.pass(Duration.ofSeconds(2));
            assertThat(stage.readyPods()).isEqualTo(9);
        }
    }

    @Test
    void aQuotaCountsThePodsOfItsNamespaceAndRejectsWhatIsBeyond() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(Stage.CANARY)) {
            stage.create("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: pods, namespace: shop}
                    spec: {hard: {pods: "6", requests.cpu: "4"}}
                    """);
            stage.pass(Duration.ofSeconds(1));
            assertThat(new Live(stage.get(Kind.RESOURCE_QUOTA, "pods")).map("status"))
                    .isEqualTo(Fields.tree(
                            "hard", Fields.tree("pods", "6", "requests.cpu", "4"), "used", Fields.tree("pods", "5")));
            stage.min(8);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods()).isEqualTo(6);
            assertThat(new Live(stage.get(Kind.RESOURCE_QUOTA, "pods")).text("status", "used", "pods"))
                    .isEqualTo("6");

            stage.patch(Kind.RESOURCE_QUOTA, "pods", "{\"spec\":{\"hard\":{\"pods\":\"9\"}}}");
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.readyPods())
                    .as("the ReplicaSet controller tries again")
                    .isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Stage.CANARY, Stage.BLUE_GREEN})
    void aNewImageReplacesAllPods(String strategy) {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(strategy)) {
            stage.image("app:2");
            stage.pass(Duration.ofSeconds(60));
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(0, 5);
            assertThat(stage.readyPods()).isEqualTo(5);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Healthy");
            assertThat(stage.rollout().text("status", "stableRS"))
                    .isEqualTo(stage.replicaSets().get(1).hash());
        }
    }

    @Test
    void aRestartOfTheControllerEndsAStaleCopy() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(Stage.BLUE_GREEN)) {
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            stage.min(7);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.rollout().integer("status", "availableReplicas")).isLessThan(7);
            stage.controllers.restartRolloutsController();
            stage.pass(Duration.ofSeconds(1));
            assertThat(stage.rollout().integer("status", "availableReplicas")).isEqualTo(7);
        }
    }

    @Test
    void theVersionWithoutTheFaultRejectsIt() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1))) {
            assertThatThrownBy(() -> stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME))
                    .hasMessageContaining("v1.9.1");
        }
    }

    @Test
    void whatARolloutOwnedGoesWithIt() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(Stage.CANARY)) {
            stage.delete(Kind.SCALED_OBJECT, Stage.NAME);
            stage.delete(Kind.ROLLOUT, Stage.NAME);
            stage.pass(Duration.ofSeconds(5));
            assertThat(stage.list(Kind.HPA)).isEmpty();
            assertThat(stage.list(Kind.REPLICA_SET)).isEmpty();
            assertThat(stage.list(Kind.POD)).isEmpty();
        }
    }

    @Test
    void worksOnARunningClockAsWell() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(Stage.BLUE_GREEN)) {
            stage.clock.setSpeed(60);
            stage.min(7);
            stage.client
                    .genericKubernetesResources(Kind.ROLLOUT.context())
                    .inNamespace(Stage.NS)
                    .withName(Stage.NAME)
                    .waitUntilCondition(
                            seen -> new Live(seen).integer("status", "availableReplicas") == 7, 60, TimeUnit.SECONDS);
        }
    }

    private static void nudge(Stage stage) {
        String name = stage.replicaSets().get(0).name();
        String now = stage.clock.instant().toString();
        stage.patch(
                Kind.REPLICA_SET,
                name,
                "{\"metadata\":{\"annotations\":{\"tidewatch.io/nudged-at\":\"" + now + "\"}}}");
        stage.pass(Duration.ofSeconds(1));
    }
}
