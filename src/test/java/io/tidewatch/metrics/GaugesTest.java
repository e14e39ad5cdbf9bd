package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.tidewatch.metrics.Current.SourceFigures;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How things stand, as Prometheus reads it. */
class GaugesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static Current current(boolean reports, List<TargetStatus> targets) {
        return new Current(
                new Standing(
                        LoopState.NONE.ended(NOON, Duration.ofMillis(3)),
                        Duration.ofMinutes(5),
                        List.of(),
                        Optional.of(NOON),
                        targets,
                        List.of()),
                reports,
                reports,
                Optional.of(NOON.plusSeconds(60)),
                List.of(Severity.CRITICAL, Severity.CRITICAL),
                Map.of("chat", NOON.minusMillis(1_500)),
                List.of(new SourceFigures("shop", Optional.of(NOON), Optional.empty(), 2, 1)),
                new TreeMap<>(Map.of("pods", NOON.minusSeconds(30))));
    }

    private static TargetStatus target(String namespace, String name) {
        return TargetStatus.unknown(
                new Target(namespace, name), Fault.of("plan", new IllegalStateException("no number")), NOON);
    }

    private static String text(Current now) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, Gauges.of(now));
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aReplicaThatReportsSaysHowThingsStand() throws IOException {
        assertThat(text(current(true, List.of(target("shop", "a"), target("shop", "b"), target("ads", "c")))))
                .contains(
                        "tidewatch_leader 1.0\n",
                        "tidewatch_last_pass_timestamp_seconds 1.7953488E9\n",
                        "tidewatch_next_edge_timestamp_seconds 1.79534886E9\n",
                        "tidewatch_targets{namespace=\"shop\",state=\"Unknown\"} 2.0\n",
                        "tidewatch_targets{namespace=\"ads\",state=\"Unknown\"} 1.0\n",
                        "tidewatch_targets{namespace=\"ads\",state=\"Converged\"} 0.0\n",
                        "tidewatch_incidents{severity=\"critical\"} 2.0\n",
                        "tidewatch_incidents{severity=\"info\"} 0.0\n",
                        "# HELP tidewatch_outbox_oldest_timestamp_seconds Since when the oldest message waits that the receiver has"
                                + " not accepted. Absent: none waits.\n",
                        "tidewatch_outbox_oldest_timestamp_seconds{receiver=\"chat\"} 1.7953487985E9\n",
                        "tidewatch_source_last_pull_timestamp_seconds{source=\"shop\"} 1.7953488E9\n",
                        "tidewatch_source_problems{severity=\"error\",source=\"shop\"} 2.0\n",
                        "tidewatch_watch_last_heard_timestamp_seconds{resource=\"pods\"} 1.79534877E9\n")
                .doesNotContain("tidewatch_source_commit_timestamp_seconds");
    }

    @Test
    void aFollowerSaysNothingThatTheLeaderSays() throws IOException {
        assertThat(text(current(false, List.of(target("shop", "a")))))
                .contains(
                        "tidewatch_leader 0.0\n",
                        "tidewatch_last_pass_timestamp_seconds",
                        "tidewatch_source_problems",
                        "tidewatch_watch_last_heard")
                .doesNotContain("tidewatch_targets", "tidewatch_incidents", "tidewatch_next_edge", "tidewatch_outbox");
    }

    @Test
    void thousandsOfNamespacesHaveABoundedNumberOfSeries() throws IOException {
        List<TargetStatus> many = IntStream.range(0, 2_000)
                .mapToObj(number -> target("n" + number, "a"))
                .toList();

        assertThat(text(current(true, many)).lines().filter(line -> line.startsWith("tidewatch_targets{")))
                .hasSize(501 * 12)
                .contains("tidewatch_targets{namespace=\"other\",state=\"Unknown\"} 1500.0");
    }
}
