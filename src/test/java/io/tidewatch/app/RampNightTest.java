package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with a ramp up and a ramp down; the process is started again in the middle of the ramp up. */
@Tag("full")
class RampNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void minimumClimbsByTheStartAndFallsStepByStep() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 2));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 2, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler first = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(first.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                diary.await("two pods", () -> PlayedCluster.readyPods(ours) == 2);
                diary.await(
                        "the HPA is observed",
                        () -> playground.clock().instant().isAfter(BEGINS.plusSeconds(60)));
                PlayedCluster.leap(playground, OPENS.minusSeconds(190));
                diary.await("two steps", () -> diary.said("minimum-set").size() == 2);
            }
            try (Reconciler second = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(second.camel().isStarted()).isTrue();
                diary.await("the last step", () -> diary.said("minimum-set").size() == 3);
                assertThat(playground.clock().instant()).as("the last step").isBefore(OPENS);
                diary.await("nine pods", () -> PlayedCluster.readyPods(ours) == 9);

                PlayedCluster.leap(playground, CLOSES.minusSeconds(5));
                diary.await("the way down", () -> diary.said("minimum-set").size() == 5);
                diary.await("two pods again", () -> PlayedCluster.readyPods(ours) == 2);
            }
            assertThat(diary.said("minimum-set"))
                    .extracting(line -> line.toString().replaceFirst(".*(minimum \\d+ → \\d+).*", "$1"))
                    .containsExactly(
                            "minimum 2 → 5", "minimum 5 → 8", "minimum 8 → 9", "minimum 9 → 5", "minimum 5 → 2");
            assertThat(diary.said("incident-opened")).isEmpty();
        }
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "0 23 * * *", minReplicas: 9}
              ramp:
                up: {step: 3, pause: 60s}
                down: {step: "50%", pause: 2m}
            """;
}
