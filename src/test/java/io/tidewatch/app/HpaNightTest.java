package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night of HPAs: one without KEDA is raised, held and given its baseline back; one that KEDA made is left alone. */
class HpaNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SPEED = 20;
    private static final Target SEARCH = new Target("shop", "search");

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void anHpaWithoutKedaIsRaisedHeldAndRestored() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("search", 5));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.hpa("search", "Rollout", 5, 20));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.rollout("checkout", 5));
            PlayedCluster.apply(ours, "kubectl", PlayedCluster.scaledObject("checkout", 5, 20));
            playground
                    .operator()
                    .commit(
                            "schedules",
                            Map.of("search.yaml", schedule("search"), "keda.yaml", schedule("keda-hpa-checkout")));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("ten pods", () -> PlayedCluster.readyPods(ours) == 10);
                diary.await(
                        "the HPA of KEDA is left alone",
                        () -> diary.said("incident-opened").stream()
                                .anyMatch(line -> line.contains("belongs to ScaledObject checkout")));

                PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                diary.await("the raise", () -> minimum(ours) == 7);
                diary.await("seven pods of search", () -> PlayedCluster.readyPods(ours) == 12);
                diary.await("the step up", () -> !diary.said("available").isEmpty());
                assertThat(hpa(ours, "search").getMetadata().getAnnotations())
                        .containsEntry(Annotations.APPLIED, "7..20")
                        .containsEntry(Annotations.BASELINE, "5..20");
                assertThat(hpa(ours, "keda-hpa-checkout").getSpec().getMinReplicas())
                        .isEqualTo(5);

                Holds holds = new Holds(ours);
                assertThatThrownBy(() -> holds.hold(new Target("shop", "keda-hpa-checkout"), OPENS, "mistaken"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("hold or release checkout");
                holds.hold(SEARCH, OPENS.plus(Duration.ofHours(3)), "ask Kim");
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofHours(1)).plusSeconds(1));
                diary.await("the hold", () -> !diary.said("held").isEmpty());
                assertThat(minimum(ours)).as("held").isEqualTo(7);
                assertThat(holds.release(SEARCH)).isTrue();
                diary.await("the baseline", () -> minimum(ours) == 5);

                playground.operator().commit("no schedule", Map.of("search.yaml", "# removed\n"));
                diary.await(
                        "our annotations are gone",
                        () -> hpa(ours, "search").getMetadata().getAnnotations() == null
                                || !hpa(ours, "search")
                                        .getMetadata()
                                        .getAnnotations()
                                        .containsKey(Annotations.APPLIED));
                assertThat(minimum(ours)).isEqualTo(5);
                assertThat(writesTo(playground, "keda-hpa-checkout")).isEmpty();
            }
        }
    }

    private static int minimum(KubernetesClient client) {
        return hpa(client, "search").getSpec().getMinReplicas();
    }

    private static HorizontalPodAutoscaler hpa(KubernetesClient client, String name) {
        return client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    /** The writes of Tidewatch to an HPA. */
    private static List<String> writesTo(Playground playground, String hpa) {
        return playground.cluster().requests().entries().stream()
                .filter(request -> request.userAgent().equals("tidewatch"))
                .filter(request ->
                        request.verb().equals("patch") && request.path().endsWith("/horizontalpodautoscalers/" + hpa))
                .map(Object::toString)
                .toList();
    }

    private static String schedule(String hpa) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  hpaRef: {name: %1$s}
                  timeZone: UTC
                  baseline: {minReplicas: 5, maxReplicas: 20}
                  windows: [{name: peak, start: "30 13 * * *", duration: 1h, minReplicas: 7}]
                """.formatted(hpa);
    }
}
