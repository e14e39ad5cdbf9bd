package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.loop.RunMode;
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

/** A night with {@code run --observe}: another tool writes the minimum, and the log names what it observes. */
@Tag("full")
class ObservedNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SPEED = 60;
    private static final String SCALER = "night-scaler";
    private static final String WOULD_RAISE = "would set the minimum 5 → 7: window peak opens";

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void theStepsOfAnotherWriterAreNamed() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient rival = PlayedCluster.client(playground, "rival");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(rival, "argocd-controller", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(rival, SCALER, PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, RunMode.OBSERVE, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("the first commit", () -> !diary.said("commit-read").isEmpty());
                diary.await(
                        "the owner of replicas",
                        () -> !diary.said("replicas-owned").isEmpty());
                PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                diary.await("the edge", () -> diary.said("observing").contains(WOULD_RAISE));
                PlayedCluster.apply(rival, SCALER, PlayedCluster.scaledObject("checkout", 7, 20));
                diary.await("the step up", () -> !diary.said("available").isEmpty());

                PlayedCluster.leap(playground, CLOSES.plusSeconds(1));
                diary.await(
                        "the end of the window",
                        () -> !diary.said("raised-by-hand").isEmpty());
                PlayedCluster.apply(rival, SCALER, PlayedCluster.scaledObject("checkout", 5, 20));
                diary.await("the step down", () -> diary.said("available").size() == 2);

                assertThat(diary.said("hpa-followed")).hasSize(2);
                assertThat(diary.said("replicas-owned"))
                        .singleElement()
                        .asString()
                        .startsWith("argocd-controller owns spec.replicas of Rollout checkout");
                assertThat(diary.said("incident-opened")).isEmpty();
            }
        }
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 1h, minReplicas: 7}]
            """;
}
