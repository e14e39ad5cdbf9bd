package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads during a night: the names of the file that people build dashboards on, and figures that are right. */
class MetricsNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T19:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 30;
    private static final String PEAK =
            "tidewatch_window_open{namespace=\"shop\",schedule=\"checkout-midnight\",window=\"midnight-peak\"}";

    /** No message waits in this night. {@code GaugesTest} holds what is scraped while one does. */
    static final String WAITING = """
            # HELP tidewatch_outbox_oldest_timestamp_seconds Since when the oldest message waits that the receiver has not \
            accepted. Absent: none waits.
            # TYPE tidewatch_outbox_oldest_timestamp_seconds gauge
            tidewatch_outbox_oldest_timestamp_seconds{receiver="chat"} 1
            """;

    @TempDir
    private Path folder;

    private final Scrape metrics = new Scrape(FreePort.any());
    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void aNightHasTheNamesOfTheFileAndTheFiguresOfItsSteps() throws IOException, InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 2));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 2, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler running = start(playground, ours)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await(
                        "the target",
                        () -> metrics.figure("tidewatch_targets{namespace=\"shop\",state=\"Converged\"}") == 1);
                assertThat(metrics.figure("tidewatch_leader")).isEqualTo(1);
                assertThat(metrics.figure("tidewatch_next_edge_timestamp_seconds"))
                        .isEqualTo(OPENS.getEpochSecond());

                PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                diary.await(
                        "a raise on time",
                        () -> metrics.figure("tidewatch_steps_total{direction=\"up\",verdict=\"on_time\"}") == 1);
                assertThat(metrics.figure("tidewatch_next_edge_timestamp_seconds"))
                        .isEqualTo(CLOSES.getEpochSecond());
                assertThat(metrics.figure(PEAK)).as("the window counts").isEqualTo(1);

                PlayedCluster.leap(playground, CLOSES.plusSeconds(1));
                diary.await(
                        "a lowering on time",
                        () -> metrics.figure("tidewatch_steps_total{direction=\"down\",verdict=\"on_time\"}") == 1);
                assertThat(metrics.figure("tidewatch_actions_total{outcome=\"done\",type=\"SetMinReplicas\"}"))
                        .isEqualTo(2);
                assertThat(metrics.figure("tidewatch_step_duration_seconds_count{direction=\"up\",hop=\"ready\"}"))
                        .isEqualTo(1);
                assertThat(metrics.figure(PEAK)).as("the window has ended").isZero();
                assertThat(metrics.figure(
                                "tidewatch_api_requests_total{code=\"200\",resource=\"scaledobjects\",verb=\"patch\"}"))
                        .as("as many as the API server has answered")
                        .isEqualTo(patches(playground));
                assertThat(metrics.figure(
                                "tidewatch_api_requests_total{code=\"101\",resource=\"pods\",verb=\"watch\"}"))
                        .isPositive();
                assertThat(metrics.figure("tidewatch_watch_last_heard_timestamp_seconds{resource=\"scaledobjects\"}"))
                        .isGreaterThan(OPENS.getEpochSecond());
                assertThat(metrics.figure("tidewatch_incidents{severity=\"critical\"}"))
                        .isZero();
                assertThat(metrics.figure("tidewatch_source_problems{severity=\"error\",source=\"shop\"}"))
                        .isZero();
                assertThat(MetricNames.of(metrics.text() + WAITING))
                        .isEqualTo(Files.readString(Path.of("docs/metrics.txt")));
            }
        }
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return PlayedCluster.start(
                PlayedCluster.configuration(playground, folder, "none", "tidewatch.metrics.windows = true\n"),
                playground,
                ours,
                RunMode.ACT,
                WatchdogLimits.withoutExit()
                        .withHealthAt(InetSocketAddress.createUnresolved("127.0.0.1", metrics.port())),
                diary);
    }

    private static long patches(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry -> entry.userAgent().equals("tidewatch"))
                .filter(entry ->
                        entry.verb().equals("patch") && entry.path().contains("/scaledobjects/") && entry.code() == 200)
                .count();
    }

    static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "30 4 * * *", minReplicas: 5}
              checks: {timeout: 2h}
            """;
}
