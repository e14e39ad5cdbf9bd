package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.replay.RecordingMatcher;
import io.tidewatch.playground.replay.Trace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** argo-rollouts#4047 as it was recorded, from the scale-down to Degraded and the nudge that ends it. */
class RecordedIncidentTest {
    private static final Duration PROGRESS_DEADLINE = Duration.ofSeconds(60);

    @Test
    void theStaleCacheIsReplayedFromTheScaleDownToTheNudge() {
        Trace recorded = Trace.recorded("v1.7.2-bluegreen-incident");
        try (Replay replay = new Replay(SimulationOptions.of(RolloutsVersion.V1_7_2))) {
            Stage stage = replay.stage;
            stage.create(Stage.SERVICE);
            stage.create(Stage.rolloutYaml(Stage.BLUE_GREEN, 5));
            stage.pass(Duration.ofSeconds(5));
            stage.scale(7);
            stage.pass(Duration.ofSeconds(5));
            stage.controllers.rolloutsReactAfter(Duration.ofSeconds(12));
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            Trace run = replay.does(() -> {
                stage.scale(6);
                stage.pass(Duration.ofMillis(265));
                stage.scale(5);
                stage.passUntil(
                        () -> stage.rollout()
                                .text("status", "observedGeneration")
                                .equals("4"),
                        Duration.ofSeconds(20));
                stage.controllers.rolloutsReactAfter(Duration.ofMillis(15));
                stage.pass(PROGRESS_DEADLINE.plusSeconds(30));
                stage.patch(
                        Kind.REPLICA_SET,
                        stage.replicaSets().get(0).name(),
                        "{\"metadata\":{\"annotations\":{\"tidewatch.io/nudged-at\":\"2026-11-23T17:51:04Z\"}}}");
                stage.pass(Duration.ofSeconds(15));
            });
            assertThat(RecordingMatcher.differences(recorded, run, RecordingMatcher.verdicts(recorded)))
                    .isEmpty();
        }
    }
}
