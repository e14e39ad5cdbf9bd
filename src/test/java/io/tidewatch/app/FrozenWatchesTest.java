package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches are frozen in the middle of a raise, and every time that a target has passes before anything is heard of it. */
class FrozenWatchesTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void aTargetThatConvergedUnobservedIsNeverCalledLate() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                WireProxy wire = WireProxy.start(playground.cluster().port(), Weather.FAIR);
                KubernetesClient others = PlayedCluster.client(playground, "kubectl");
                KubernetesClient ours = through(wire, playground)) {
            PlayedCluster.apply(others, "kubectl", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(others, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                diary.await("five pods", () -> PlayedCluster.readyPods(others) == 5);

                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await("the raise", () -> !diary.said("minimum-set").isEmpty());
                diary.await("it is seen", () -> playground.clock().instant().isAfter(OPENS.plusSeconds(4)));
                wire.freezeWatches(true);
                diary.await("seven pods, unseen", () -> PlayedCluster.readyPods(others) == 7);
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(10)));
                diary.await("a word of it", () -> !diary.said("cluster-trouble").isEmpty());
                assertThat(diary.said("cluster-trouble").get(0))
                        .contains(" cannot be opened, though http://127.0.0.1:");
                assertThat(diary.said("incident-opened"))
                        .as("nobody is called for what was not heard")
                        .isEmpty();

                wire.freezeWatches(false);
                diary.await(
                        "the end of it",
                        () -> diary.said("cluster-trouble").stream()
                                .anyMatch(line -> line.endsWith("everything is watched again")));
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(40)));
                diary.await(
                        "time goes on", () -> playground.clock().instant().isAfter(OPENS.plus(Duration.ofMinutes(41))));
                assertThat(diary.said("incident-opened")).isEmpty();
            }
        }
    }

    private static KubernetesClient through(WireProxy wire, Playground playground) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(playground.cluster().config())
                        .withMasterUrl(wire.url())
                        .withUserAgent("tidewatch")
                        .build())
                .build();
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 60m, minReplicas: 7}]
            """;
}
