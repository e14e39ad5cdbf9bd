package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights in which Argo CD applies spec.replicas of the Rollout again after rescales of the HPA. */
@Tag("full")
class ReplicasRivalTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SPEED = 60;
    private static final String ARGO = "argocd-controller";
    private static final String RULE =
            "ignoreDifferences: [{group: argoproj.io, kind: Rollout, jsonPointers: [/spec/replicas]}]"
                    + " and syncOptions: [RespectIgnoreDifferences=true], then leave replicas out of the manifest in Git";

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    private Instant lastWrite = BEGINS;
    private int writes;

    @Test
    void theRivalIsNamedWithTheRuleThatEndsIt() throws InterruptedException {
        night((playground, rival) -> {
            assertThat(diary.said("replicas-owned"))
                    .as("for each change of the schedule once")
                    .isNotEmpty()
                    .last()
                    .asString()
                    .contains(ARGO + " owns spec.replicas of Rollout checkout", RULE);
            PlayedCluster.leap(playground, OPENS.minusSeconds(5));
            diary.await("the incident", () -> {
                applyAfterRescale(rival);
                return !diary.said("incident-opened").isEmpty();
            });
            assertThat(diary.said("incident-opened"))
                    .singleElement()
                    .asString()
                    .contains(ARGO + " keeps overwriting spec.replicas", RULE);

            diary.await("its end", () -> !diary.said("incident-ended").isEmpty());
            assertThat(diary.said("incident-opened")).hasSize(1);
        });
    }

    /** Between two syncs of a tool that compares once in a while all pods serve; that is one incident nevertheless. */
    @Test
    void aRivalThatWritesEveryMinuteIsOneIncident() throws InterruptedException {
        night((playground, rival) -> {
            PlayedCluster.leap(playground, OPENS.minusSeconds(5));
            diary.await("the incident", () -> {
                applyEveryMinute(rival, playground.clock().instant());
                return !diary.said("incident-opened").isEmpty();
            });
            int before = writes;
            diary.await("four more minutes", () -> {
                applyEveryMinute(rival, playground.clock().instant());
                return writes >= before + 4;
            });
            assertThat(diary.said("incident-ended")).isEmpty();
            diary.await("its end", () -> !diary.said("incident-ended").isEmpty());
            assertThat(diary.said("incident-opened")).hasSize(1);
            assertThat(diary.said("AvailabilityLag")).hasSize(1);
        });
    }

    private interface Rivalry {
        void play(Playground playground, KubernetesClient rival) throws InterruptedException;
    }

    private void night(Rivalry rivalry) throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient rival = PlayedCluster.client(playground, "rival");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(rival, ARGO, PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(rival, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground
                    .operator()
                    .commit(
                            "no window yet",
                            Map.of(
                                    "schedules.yaml",
                                    SCHEDULE.replace("timeZone: UTC", "timeZone: UTC\n  suspend: true")));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("the first commit", () -> !diary.said("commit-read").isEmpty());
                // Who owns spec.replicas is looked up once for each change of a schedule, with the Rollout that is
                // known then.
                Instant known = playground.clock().instant().plusSeconds(60);
                diary.await(
                        "the Rollout is observed",
                        () -> playground.clock().instant().isAfter(known));
                playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                rivalry.play(playground, rival);
            }
        }
    }

    private void applyEveryMinute(KubernetesClient rival, Instant now) {
        if (!now.isBefore(lastWrite.plusSeconds(60)) && applyAfterRescale(rival)) {
            lastWrite = now;
            writes++;
        }
    }

    /** As a sync of Argo CD with self-healing does. */
    private static boolean applyAfterRescale(KubernetesClient rival) {
        GenericKubernetesResource live = rival.genericKubernetesResources(PlayedCluster.kind("Rollout"))
                .inNamespace("shop")
                .withName("checkout")
                .require();
        boolean isRescaled = live.get("spec", "replicas") instanceof Number replicas && replicas.intValue() == 7;
        if (isRescaled) {
            PlayedCluster.apply(rival, ARGO, PlayedCluster.rollout("checkout", 5));
        }
        return isRescaled;
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              checks: {timeout: 1m}
              windows: [{name: peak, start: "30 13 * * *", duration: 3h, minReplicas: 7}]
            """;
}
