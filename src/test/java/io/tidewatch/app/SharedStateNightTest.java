package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.report.Incident;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.PodTrouble;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with one PostgreSQL, and a leader that ends in the middle of an incident whose message nobody has accepted yet. */
@Tag("full")
class SharedStateNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String instance = server.freshInstance();
    private final HeardDiary first = new HeardDiary(PATIENCE);
    private final HeardDiary second = new HeardDiary(PATIENCE);

    @Test
    void theNextLeaderSendsTheMessageAndEndsTheIncident() throws InterruptedException, IOException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, 20, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient a = PlayedCluster.client(playground, "replica-a");
                KubernetesClient b = PlayedCluster.client(playground, "replica-b")) {
            PlayedCluster.apply(a, "kubectl", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(a, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            playground.slack().answerWith(503);
            Reconciler leader = PlayedCluster.start(configuration(playground, "a"), playground, a, RunMode.ACT, first);
            try {
                first.await("five pods", () -> PlayedCluster.readyPods(a) == 5);
                first.await(
                        "the HPA is observed",
                        () -> playground.clock().instant().isAfter(BEGINS.plusSeconds(60)));
                try (Reconciler follower =
                        PlayedCluster.start(configuration(playground, "b"), playground, b, RunMode.ACT, second)) {
                    assertThat(follower.camel().isStarted()).isTrue();
                    second.await("it follows", () -> !second.said("follows").isEmpty());
                    playground.controllers().faults().breakImage("a:1", PodTrouble.VOLUME);
                    PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                    first.await("the raise", () -> !first.said("minimum-set").isEmpty());
                    PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(6)));
                    first.await(
                            "the incident", () -> !first.said("incident-opened").isEmpty());
                    first.await(
                            "an attempt that failed",
                            () -> rows().undelivered().stream().anyMatch(entry -> entry.attempts() > 0));

                    leader.close();
                    second.await("it leads", () -> !second.said("leads").isEmpty());
                    playground.slack().answerWith(200);
                    PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(20)));
                    second.await(
                            "the message", () -> !playground.slack().messages().isEmpty());
                    assertThat(second.said("incident-opened"))
                            .as("known, and not reported anew")
                            .isEmpty();
                    PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(31)));
                    second.await("its end", () -> !second.said("incident-ended").isEmpty());
                    second.await(
                            "the message about the end",
                            () -> playground.slack().messages().size() >= 2);
                }
            } finally {
                leader.close();
            }
            assertThat(incidents())
                    .singleElement()
                    .matches(incident -> incident.ended().isPresent());
            assertThat(playground.slack().messages())
                    .filteredOn(text -> text.contains("shop/checkout"))
                    .hasSize(2);
            assertThat(second.said(TakeoverLoss.CODE)).isEmpty();
        }
    }

    private List<Incident> incidents() {
        return rows().incidents().stream()
                .filter(incident -> incident.target().name().equals("checkout"))
                .toList();
    }

    private WrittenRows rows() {
        return WrittenRows.of(server::connect, instance);
    }

    private Configuration configuration(Playground playground, String replica) throws IOException {
        return PlayedCluster.configuration(
                playground,
                Files.createDirectories(folder.resolve(replica)),
                "none",
                "tidewatch.instance = " + instance + "\ntidewatch.state.jdbcUrl = " + server.url()
                        + "\ntidewatch.state.username = " + PostgresServer.USER + "\ntidewatch.state.password = "
                        + PostgresServer.PASSWORD + "\n");
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              preflight: 0s
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 30m, minReplicas: 7}]
            """;
}
