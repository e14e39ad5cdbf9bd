package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.chart.Tool;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of the replica that leads and of one that follows: the names of one file, and what promtool says of them. */
@Tag("tools")
class ScrapesOfReplicasTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 30;
    private static final String RAISED = "tidewatch_steps_total{direction=\"up\",verdict=\"on_time\"}";

    @TempDir
    private Path folder;

    private final HeardDiary leading = new HeardDiary(PATIENCE);
    private final HeardDiary following = new HeardDiary(PATIENCE);
    private final Scrape leader = new Scrape(FreePort.any());
    private final Scrape follower = new Scrape(FreePort.any());

    @Test
    void bothHaveTheNamesOfTheFileAndPromtoolFindsNothing() throws IOException, InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient kubectl = PlayedCluster.client(playground, "kubectl");
                KubernetesClient a = PlayedCluster.client(playground, "replica-a");
                KubernetesClient b = PlayedCluster.client(playground, "replica-b")) {
            PlayedCluster.apply(kubectl, "kubectl", PlayedCluster.rollout("checkout", 2));
            PlayedCluster.apply(kubectl, "kubectl", PlayedCluster.scaledObject("checkout", 2, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", MetricsNightTest.SCHEDULE));
            try (Reconciler first = start("a", playground, a, leader, leading)) {
                leading.await("the target", () -> leader.figure("tidewatch_next_edge_timestamp_seconds") > 0);
                try (Reconciler second = start("b", playground, b, follower, following)) {
                    assertThat(first.camel().isStarted() && second.camel().isStarted())
                            .isTrue();
                    following.await(
                            "it follows", () -> !following.said("follows").isEmpty());
                    PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                    leading.await("a raise", () -> leader.figure(RAISED) == 1);
                    following.await(
                            "a pass of the follower",
                            () -> follower.figure("tidewatch_last_pass_timestamp_seconds") >= OPENS.getEpochSecond());

                    areAsInTheFile();
                }
            }
        }
    }

    private void areAsInTheFile() throws IOException {
        String told = leader.text();
        String kept = follower.text();
        assertThat(leader.figure("tidewatch_leader")).isEqualTo(1);
        assertThat(follower.figure("tidewatch_leader")).isZero();
        assertThat(MetricNames.of(told + MetricsNightTest.WAITING))
                .isEqualTo(Files.readString(Path.of("docs/metrics.txt")));
        assertThat(MetricNames.families(MetricNames.of(kept)))
                .as("of the follower")
                .isSubsetOf(MetricNames.families(Files.readString(Path.of("docs/metrics.txt"))));

        Tool promtool = Tool.assumed("promtool");
        for (String scrape : List.of(told, kept)) {
            Path file = Files.writeString(folder.resolve("scrape"), scrape);
            Tool.Ran checked = promtool.run(List.of("check", "metrics"), Optional.of(file));
            assertThat(checked.said()).isEmpty();
            assertThat(checked.code()).isZero();
        }
    }

    private Reconciler start(
            String replica, Playground playground, KubernetesClient ours, Scrape metrics, HeardDiary diary)
            throws IOException {
        return PlayedCluster.start(
                PlayedCluster.configuration(
                        playground,
                        Files.createDirectories(folder.resolve(replica)),
                        "none",
                        "tidewatch.metrics.windows = true\n"),
                playground,
                ours,
                RunMode.ACT,
                WatchdogLimits.withoutExit()
                        .withHealthAt(InetSocketAddress.createUnresolved("127.0.0.1", metrics.port())),
                diary);
    }
}
