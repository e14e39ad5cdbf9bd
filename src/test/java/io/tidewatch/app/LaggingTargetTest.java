package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.PodTrouble;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only an Event proves stands in the incident, and Events are asked for only then. */
class LaggingTargetTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void aVolumeThatIsNotMountedIsNamedByTheEventAboutIt() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                diary.await("five pods", () -> PlayedCluster.readyPods(ours) == 5);
                // A leap before the HPA's first sync (15 s) was observed would make the target late for as long as the
                // leap is.
                diary.await(
                        "the HPA is observed",
                        () -> playground.clock().instant().isAfter(BEGINS.plusSeconds(60)));
                playground.controllers().faults().breakImage("a:1", PodTrouble.VOLUME);

                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await("the raise", () -> !diary.said("minimum-set").isEmpty());
                playground.clock().setSpeed(1); // a machine that is busy for seconds must not see the lag begin
                PlayedCluster.leap(playground, OPENS.plusSeconds(60));
                diary.await("time goes on", () -> playground.clock().instant().isAfter(OPENS.plusSeconds(62)));
                assertThat(closer(playground)).as("nothing lags yet").isEmpty();
                playground.clock().setSpeed(SPEED);

                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(4)));
                diary.await("a closer look", () -> closer(playground).size() >= 10);
                assertThat(closer(playground))
                        .containsExactlyInAnyOrder(
                                "list shop/events",
                                "list shop/events",
                                "list shop/events",
                                "watch shop/events",
                                "watch shop/events",
                                "watch shop/events",
                                "list argo-rollouts/leases",
                                "watch argo-rollouts/leases",
                                "list keda/leases",
                                "watch keda/leases");
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(6)));
                diary.await("the incident", () -> !diary.said("incident-opened").isEmpty());
                assertThat(diary.said("incident-opened"))
                        .singleElement()
                        .asString()
                        .contains("2 pods wait for a volume: MountVolume.SetUp failed for volume \"data\" :"
                                + " secret \"checkout-tls\" not found");

                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(30)));
                diary.await("its end", () -> !diary.said("incident-ended").isEmpty());
                assertThat(closer(playground))
                        .as("one look for one lag; its watches may have been opened anew where they were")
                        .filteredOn(request -> request.startsWith("list "))
                        .hasSize(5);
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
              preflight: 0s
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 13 * * *", duration: 30m, minReplicas: 7}]
            """;

    /** Our requests for Events that are there, and for Leases. */
    private static List<String> closer(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry -> entry.userAgent().equals("tidewatch"))
                .filter(entry -> List.of("list", "watch").contains(entry.verb()))
                .filter(entry -> entry.path().matches(".*/(events|leases)"))
                .map(entry -> entry.verb() + " " + entry.path().replaceFirst(".*/namespaces/", ""))
                .toList();
    }
}
