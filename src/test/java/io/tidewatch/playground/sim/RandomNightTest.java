package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.api.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a night does to a Rollout, without a fault its status ends as what is live. */
class RandomNightTest {

    /** The seed is in the test's name, which a failure prints. */
    @ParameterizedTest(name = "{0} {1} seed {2}")
    @CsvSource({
        "V1_7_2, canary, 1",
        "V1_7_2, canary, 2",
        "V1_7_2, bluegreen, 3",
        "V1_7_2, bluegreen, 4",
        "V1_9_1, canary, 5",
        "V1_9_1, canary, 6",
        "V1_9_1, bluegreen, 7",
        "V1_9_1, bluegreen, 8",
    })
    void endsWithAStatusThatIsTrue(RolloutsVersion version, String strategy, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulationOptions options =
                SimulationOptions.of(version).withNodes(6, 4).withSeed(seed);
        try (Stage stage = new Stage(options).with(strategy.equals("canary") ? Stage.CANARY : Stage.BLUE_GREEN)) {
            for (int deed = 0; deed < 6; deed++) {
                something(stage, random);
                stage.pass(Duration.ofMillis(random.nextInt(100, 25_000)));
            }
            stage.controllers.addNode(40);
            stage.pass(Duration.ofMinutes(7));
            assertStatusIsLive(stage);
        }
    }

    private static void something(Stage stage, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0, 1, 2 -> stage.min(random.nextInt(2, 10));
            case 3 -> stage.image("app:" + random.nextInt(2, 5));
            default -> stage.controllers.addNode(random.nextInt(1, 4));
        }
    }

    private static void assertStatusIsLive(Stage stage) {
        Live rollout = stage.rollout();
        int desired = rollout.integer("spec", "replicas");
        List<RsCopy> sets = stage.replicaSets();
        assertThat(stage.readyPods()).isEqualTo(desired);
        assertThat(sets).allMatch(RsCopy::isSettled);
        for (String counter :
                List.of("HPAReplicas", "replicas", "readyReplicas", "availableReplicas", "updatedReplicas")) {
            assertThat(rollout.integer("status", counter)).as(counter).isEqualTo(desired);
        }
        assertThat(rollout.text("status", "phase")).isEqualTo("Healthy");
        assertThat(rollout.text("status", "observedGeneration")).isEqualTo("" + rollout.generation());
        assertThat(rollout.text("status", "stableRS")).isEqualTo(rollout.text("status", "currentPodHash"));
        assertThat(desired)
                .isEqualTo(new Live(stage.get(Kind.SCALED_OBJECT, Stage.NAME)).integer("spec", "minReplicaCount"));
    }

    @ParameterizedTest
    @CsvSource({"canary", "bluegreen"})
    void whenNothingChangesNothingIsSent(String strategy) {
        SimulationOptions options = SimulationOptions.of(RolloutsVersion.V1_9_1);
        try (Stage stage = new Stage(options).with(strategy.equals("canary") ? Stage.CANARY : Stage.BLUE_GREEN)) {
            stage.pass(Duration.ofSeconds(400));
            stage.cluster.requests().clear();
            stage.pass(Duration.ofHours(1));
            assertThat(stage.cluster.requests().entries())
                    .extracting(RequestLog.Entry::verb)
                    .allMatch(verb -> verb.equals("watch") || verb.equals("list"));
        }
    }

    @Test
    void loadAboveTheMinimumHoldsReplicasForTheStabilizationWindow() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(Stage.CANARY)) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 9);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.rollout().integer("spec", "replicas")).isEqualTo(9);
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 1);
            stage.pass(Duration.ofSeconds(280));
            assertThat(stage.rollout().integer("spec", "replicas")).isEqualTo(9);
            stage.pass(Duration.ofSeconds(60));
            assertThat(stage.rollout().integer("spec", "replicas")).isEqualTo(5);
        }
    }
}
