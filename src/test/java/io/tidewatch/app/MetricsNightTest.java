package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.loop.RunMode;
import io.tidewatch.metrics.Metrics;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+(?:\\{[^}]*})?) (\\S+)$");

    /** No message waits in this night. {@code GaugesTest} holds what is scraped while one does. */
    private static final String WAITING = """
            # HELP tidewatch_outbox_oldest_timestamp_seconds Since when the oldest message waits that the receiver has not \
            accepted. Absent: none waits.
            # TYPE tidewatch_outbox_oldest_timestamp_seconds gauge
            tidewatch_outbox_oldest_timestamp_seconds{receiver="chat"} 1
            """;

    @TempDir
    private Path folder;

    private final int port = FreePort.any();
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
                        "the target", () -> figure("tidewatch_targets{namespace=\"shop\",state=\"Converged\"}") == 1);
                assertThat(figure("tidewatch_leader")).isEqualTo(1);
                assertThat(figure("tidewatch_next_edge_timestamp_seconds")).isEqualTo(OPENS.getEpochSecond());

                PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                diary.await(
                        "a raise on time",
                        () -> figure("tidewatch_steps_total{direction=\"up\",verdict=\"on_time\"}") == 1);
                assertThat(figure("tidewatch_next_edge_timestamp_seconds")).isEqualTo(CLOSES.getEpochSecond());
                assertThat(figure(PEAK)).as("the window counts").isEqualTo(1);

                PlayedCluster.leap(playground, CLOSES.plusSeconds(1));
                diary.await(
                        "a lowering on time",
                        () -> figure("tidewatch_steps_total{direction=\"down\",verdict=\"on_time\"}") == 1);
                assertThat(figure("tidewatch_actions_total{outcome=\"done\",type=\"SetMinReplicas\"}"))
                        .isEqualTo(2);
                assertThat(figure("tidewatch_step_duration_seconds_count{direction=\"up\",hop=\"ready\"}"))
                        .isEqualTo(1);
                assertThat(figure(PEAK)).as("the window has ended").isZero();
                assertThat(figure(
                                "tidewatch_api_requests_total{code=\"200\",resource=\"scaledobjects\",verb=\"patch\"}"))
                        .as("as many as the API server has answered")
                        .isEqualTo(patches(playground));
                assertThat(figure("tidewatch_api_requests_total{code=\"101\",resource=\"pods\",verb=\"watch\"}"))
                        .isPositive();
                assertThat(figure("tidewatch_watch_last_heard_timestamp_seconds{resource=\"scaledobjects\"}"))
                        .isGreaterThan(OPENS.getEpochSecond());
                assertThat(figure("tidewatch_incidents{severity=\"critical\"}")).isZero();
                assertThat(figure("tidewatch_source_problems{severity=\"error\",source=\"shop\"}"))
                        .isZero();
                assertThat(MetricNames.of(scrape() + WAITING)).isEqualTo(Files.readString(Path.of("docs/metrics.txt")));
            }
        }
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return PlayedCluster.start(
                PlayedCluster.configuration(playground, folder, "none", "tidewatch.metrics.windows = true\n"),
                playground,
                ours,
                RunMode.ACT,
                WatchdogLimits.withoutExit().withHealthAt(InetSocketAddress.createUnresolved("127.0.0.1", port)),
                diary);
    }

    private static long patches(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry -> entry.userAgent().equals("tidewatch"))
                .filter(entry ->
                        entry.verb().equals("patch") && entry.path().contains("/scaledobjects/") && entry.code() == 200)
                .count();
    }

    /** @return not a number where there is no such series */
    private double figure(String series) {
        Map<String, Double> all = new TreeMap<>();
        SERIES.matcher(scrape())
                .results()
                .forEach((MatchResult found) -> all.put(found.group(1), Double.valueOf(found.group(2))));
        return Optional.ofNullable(all.get(series)).orElse(Double.NaN);
    }

    private String scrape() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
                - {name: midnight-peak, start: "30 22 * * *", end: "30 4 * * *", minReplicas: 5}
              checks: {timeout: 2h}
            """;
}
