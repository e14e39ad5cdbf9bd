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

/** A night in which Argo CD applies spec.replicas of the Rollout again after each rescale of the HPA. */
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

    @Test
    void theRivalIsNamedWithTheRuleThatEndsIt() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient rival = PlayedCluster.client(playground, "rival");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(rival, ARGO, PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(rival, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULE));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("what is ahead", () -> !diary.said("ownership").isEmpty());
                assertThat(diary.said("replicas-owned"))
                        .singleElement()
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
            }
        }
    }

    /** As a sync of Argo CD with self-healing does. */
    private static void applyAfterRescale(KubernetesClient rival) {
        GenericKubernetesResource live = rival.genericKubernetesResources(PlayedCluster.kind("Rollout"))
                .inNamespace("shop")
                .withName("checkout")
                .require();
        if (live.get("spec", "replicas") instanceof Number replicas && replicas.intValue() == 7) {
            PlayedCluster.apply(rival, ARGO, PlayedCluster.rollout("checkout", 5));
        }
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
