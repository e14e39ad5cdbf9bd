package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target whose pods need three minutes to start. Its raises in the morning are late. At noon the lead is learned, and the
 * raise after a restart in the afternoon is ready by its start.
 */
@Tag("full")
class SlowStartNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T05:50:00Z");
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final double SPEED = 20;
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final List<Instant> MORNING = List.of(
            Instant.parse("2026-11-22T06:00:00Z"),
            Instant.parse("2026-11-22T07:00:00Z"),
            Instant.parse("2026-11-22T08:00:00Z"),
            Instant.parse("2026-11-22T09:00:00Z"),
            Instant.parse("2026-11-22T10:00:00Z"),
            Instant.parse("2026-11-22T11:00:00Z"));
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant AFTERNOON = Instant.parse("2026-11-22T14:00:00Z");

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void slowStartLearnsAndIsReadyByTheStart() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 2));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 2, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler first = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(first.camel().isStarted()).isTrue();
                diary.await("two pods", () -> PlayedCluster.readyPods(ours) == 2);
                playground.controllers().podReadyAfter("shop", "checkout", START);
                for (Instant opens : MORNING) {
                    raise(playground, ours, opens);
                    PlayedCluster.leap(playground, opens.plusSeconds(1_195));
                    diary.await("two pods again", () -> PlayedCluster.readyPods(ours) == 2);
                }
                PlayedCluster.leap(playground, NOON.plusSeconds(5));
                playground.operator().commit("noon", Map.of("README.md", "noon"));
                diary.await("the lead", () -> !lead(ours).isEmpty());
                assertThat(lead(ours))
                        .as("the first raise counts only if it was not taken over")
                        .matches("(3m30s|4m|4m30s) p90 of [56] raises until 2026-11-22");
            }
            try (Reconciler second = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(second.camel().isStarted()).isTrue();
                PlayedCluster.leap(playground, AFTERNOON.minusSeconds(300));
                diary.await("three pods", () -> PlayedCluster.readyPods(ours) == 3);
                assertThat(playground.clock().instant())
                        .as("ready by the start")
                        .isBefore(AFTERNOON);
            }
            assertThat(diary.said("minimum-set").stream()
                            .filter(line -> line.contains("learned lead"))
                            .toList())
                    .as("one write for the lead alone")
                    .hasSize(1);
            assertThat(diary.said("minimum-set").stream()
                            .filter(line -> line.contains("leads"))
                            .toList())
                    .hasSize(1);
        }
    }

    private void raise(Playground playground, KubernetesClient ours, Instant opens) throws InterruptedException {
        long before = noticed();
        PlayedCluster.leap(playground, opens.minusSeconds(5));
        diary.await("three pods", () -> PlayedCluster.readyPods(ours) == 3);
        diary.await("the pods are noticed", () -> noticed() > before);
        assertThat(playground.clock().instant()).as("late").isAfter(opens.plus(START));
    }

    private long noticed() {
        return diary.said("available").stream()
                .filter(line -> line.startsWith("3 of 3"))
                .count();
    }

    private static String lead(KubernetesClient ours) {
        Map<String, String> annotations = ours.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName("checkout")
                .get()
                .getMetadata()
                .getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault("tidewatch.io/lead", "");
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows:
                - {name: rush, start: "0 6-11,14 * * *", duration: 20m, minReplicas: 3, readyBy: true, maxLead: 10m}
            """;
}
