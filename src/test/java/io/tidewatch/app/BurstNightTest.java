package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many windows open at once on a KEDA that carries three minimums a second on, and the application is started anew in the
 * middle: nobody is late who only waits for his turn. It takes its time: {@code -Dtidewatch.burst=150} plays it.
 */
@EnabledIfSystemProperty(
        named = "tidewatch.burst",
        matches = "\\d+",
        disabledReason = "longer than a build: see docs/verification.md")
class BurstNightTest {

    private static final int TARGETS = Integer.getInteger("tidewatch.burst", 150);
    private static final int PER_SECOND = 3;
    private static final Instant BEGINS = Instant.parse("2026-11-22T06:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> NAMES =
            IntStream.range(0, TARGETS).mapToObj("t%03d"::formatted).toList();

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void nobodyWhoWaitsForKedaIsLate() throws InterruptedException {
        try (Playground playground = Playground.start(
                        folder,
                        BEGINS,
                        20,
                        "Dana",
                        SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(TARGETS * 20));
                KubernetesClient others = PlayedCluster.client(playground, "others");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            NAMES.forEach(name -> {
                PlayedCluster.apply(others, "helm", PlayedCluster.rollout(name, 1));
                PlayedCluster.apply(others, "helm", PlayedCluster.scaledObject(name, 1, 20));
            });
            diary.await("HPAs", () -> hpasAt(others, 1) == TARGETS);
            playground.controllers().kedaCarriesOn(PER_SECOND);
            playground.operator().commit("schedules", Map.of("schedules.yaml", schedules()));
            try (Reconciler before = start(playground, ours)) {
                assertThat(before.camel().isStarted()).isTrue();
                diary.await("questions are answered", () -> said("ownership") == TARGETS);
                diary.await("pods are there", () -> PlayedCluster.readyPods(others) == TARGETS);
                playground.clock().setSpeed(1);
                playground.clock().jumpTo(OPENS.minusSeconds(60));
                assertThat(playground.controllers().awaitIdle(PATIENCE)).isTrue();
                diary.clear();
                playground.clock().jumpTo(OPENS.minusSeconds(1));
                diary.await("all are written", () -> said("minimum-set") == TARGETS);
            }
            int followedBefore = hpasAt(others, 2);
            try (Reconciler after = start(playground, ours)) {
                assertThat(after.camel().isStarted()).isTrue();
                diary.await("KEDA is through", () -> hpasAt(others, 2) == TARGETS);
                diary.await(
                        "and it is said",
                        () -> diary.entries()
                                        .filter(entry -> entry.code().equals("hpa-followed"))
                                        .map(DiaryEntry::target)
                                        .distinct()
                                        .count()
                                >= TARGETS - followedBefore);
            }
            assertThat(followedBefore).as("the restart came in the middle").isLessThan(TARGETS);
            assertThat(diary.entries()
                            .filter(entry -> entry.code().equals("AvailabilityLag")
                                    || entry.code().equals("incident-opened")
                                    || entry.code().equals("refused")))
                    .isEmpty();
        }
    }

    private Reconciler start(Playground playground, KubernetesClient client) {
        return PlayedCluster.start(playground, folder, client, diary);
    }

    private static int hpasAt(KubernetesClient client, int minimum) {
        return (int) client.autoscaling().v2().horizontalPodAutoscalers().inNamespace("shop").list().getItems().stream()
                .filter(hpa -> hpa.getSpec().getMinReplicas() == minimum)
                .count();
    }

    private long said(String code) {
        return diary.entries()
                .filter(entry -> entry.code().equals(code))
                .map(DiaryEntry::target)
                .distinct()
                .count();
    }

    private static String schedules() {
        StringBuilder text = new StringBuilder();
        NAMES.forEach(name -> text.append("""
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 1}
                  windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 2}]
                  checks: {follow: 5s, timeout: 30m}
                """.formatted(name)));
        return text.toString();
    }
}
