package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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

/** A warning before a raise lives through starts of the process, becomes the trouble of the step, and ends once. */
@Tag("full")
class PreflightRestartTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void theWarningIsOneIncidentFromThePreflightToTheReadyWindow() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler first = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(first.camel().isStarted()).isTrue();
                diary.await("five pods", () -> PlayedCluster.readyPods(ours) == 5);
                diary.await(
                        "the HPA is observed",
                        () -> playground.clock().instant().isAfter(BEGINS.plusSeconds(60)));
                pause(ours, true);
                PlayedCluster.leap(playground, RAISE.minus(Duration.ofMinutes(14)));
                diary.await("the warning", () -> opened().size() == 1);
                diary.await("the Event", () -> atRisk(ours) == 1);
                diary.await("the message", () -> playground.slack().messages().size() == 1);
            }
            assertThat(opened().get(0))
                    .startsWith("incident: the canary is paused by spec.paused")
                    .endsWith("(window peak raises 5 → 7 at 13:30:00 UTC)");

            try (Reconciler second = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(second.camel().isStarted()).isTrue();
                Instant started = playground.clock().instant();
                diary.await("passes", () -> playground.clock().instant().isAfter(started.plusSeconds(60)));
                assertThat(opened()).as("it is joined").hasSize(1);
                PlayedCluster.leap(playground, RAISE.minusSeconds(5));
                diary.await(
                        "the raise is written all the same",
                        () -> !diary.said("minimum-set").isEmpty());
                PlayedCluster.leap(playground, RAISE.plus(Duration.ofMinutes(8)));
                diary.await(
                        "the step's own trouble", () -> !diary.said("Blocked").isEmpty());
            }
            assertThat(opened())
                    .as("no graver trouble: it is the same incident")
                    .hasSize(1);
            assertThat(diary.said("incident-ended")).isEmpty();

            try (Reconciler third = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(third.camel().isStarted()).isTrue();
                Instant started = playground.clock().instant();
                diary.await("passes", () -> playground.clock().instant().isAfter(started.plusSeconds(60)));
                assertThat(opened()).hasSize(1);
                pause(ours, false);
                diary.await("seven pods", () -> PlayedCluster.readyPods(ours) == 7);
                diary.await(
                        "the window is ready",
                        () -> diary.said("incident-ended").size() == 1);
            }
            assertThat(opened()).hasSize(1);
            assertThat(diary.said("incident-ended")).hasSize(1);
            assertThat(atRisk(ours)).isEqualTo(1);
        }
    }

    private List<String> opened() {
        return diary.said("incident-opened");
    }

    private static void pause(KubernetesClient client, boolean paused) {
        client.genericKubernetesResources(PlayedCluster.kind("Rollout"))
                .inNamespace("shop")
                .withName("checkout")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"paused\":" + paused + "}}");
    }

    private static long atRisk(KubernetesClient client) {
        return client.events().v1().events().inNamespace("shop").list().getItems().stream()
                .filter(event -> event.getReason().equals("RaiseAtRisk"))
                .filter(event -> event.getRegarding().getKind().equals("ScaledObject"))
                .count();
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 3h, minReplicas: 7}]
              alerts: {severity: warning}
            """;
}
