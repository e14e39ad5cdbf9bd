package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.model.definition.FurtherKind;
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

/** A source that lists Deployments, StatefulSets and HPAs applies them as it applies Rollouts. */
class FurtherKindsTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void workloadsAndHpasComeFromGit() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            playground
                    .operator()
                    .commit("all", Map.of("web.yaml", web("0.5", "shop:1"), "db.yaml", DB, "night.yaml", NIGHT));
            try (Reconciler running =
                    PlayedCluster.startApplying(playground, folder, ours, List.of(FurtherKind.values()), diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("eight pods", () -> PlayedCluster.readyPods(ours) == 8);
                assertThat(deployment(ours).getSpec().getReplicas())
                        .as("never with one pod: the first apply carries the minimum of the autoscaler")
                        .isEqualTo(5);
                diary.await("replicas are handed over", () -> !ownsReplicas(deployment(ours)));
                long generation = deployment(ours).getMetadata().getGeneration();

                PlayedCluster.leap(playground, OPENS.plusSeconds(1));
                diary.await("the raise of both", () -> PlayedCluster.readyPods(ours) == 7 + 4);
                assertThat(hpa(ours).getSpec().getMinReplicas()).isEqualTo(4);
                assertThat(deployment(ours).getMetadata().getGeneration())
                        .as("the HPA alone changed the Deployment")
                        .isEqualTo(generation + 1);

                addContainer(ours);
                playground.operator().commit("image", Map.of("web.yaml", web("500m", "shop:2")));
                diary.await("the new image", () -> image(ours).equals("shop:2"));
                diary.await(
                        "the end of the update",
                        () -> !diary.said("update-finished").isEmpty());
                assertThat(deployment(ours).getSpec().getTemplate().getSpec().getContainers())
                        .as("a container of another manager stays")
                        .hasSize(2);
                assertThat(deployment(ours).getSpec().getReplicas()).isEqualTo(7);
                long applies = applies(playground);
                PlayedCluster.leap(playground, OPENS.plus(Duration.ofMinutes(20)));
                diary.await(
                        "time goes on", () -> playground.clock().instant().isAfter(OPENS.plus(Duration.ofMinutes(22))));
                assertThat(applies(playground))
                        .as("content that stands is not applied again")
                        .isEqualTo(applies);
                assertThat(diary.said("incident-opened")).isEmpty();

                playground
                        .operator()
                        .commit(
                                "no variable",
                                Map.of("web.yaml", web("500m", "shop:2").replace(ENV, "")));
                diary.await("the variable is gone", () -> env(ours).isEmpty());
            }
        }
    }

    private static void addContainer(KubernetesClient client) {
        PlayedCluster.apply(client, "mesh", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},
                 "spec":{"template":{"spec":{"containers":[{"name":"sidecar","image":"a:1"}]}}}}
                """);
    }

    private static boolean ownsReplicas(Deployment deployment) {
        return deployment.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals("tidewatch"))
                .anyMatch(entry -> entry.getFieldsV1().toString().contains("f:replicas"));
    }

    private static long applies(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(request -> request.userAgent().equals("tidewatch")
                        && request.verb().equals("patch"))
                .filter(request -> !request.dryRun())
                .count();
    }

    private static Deployment deployment(KubernetesClient client) {
        return client.apps().deployments().inNamespace("shop").withName("web").get();
    }

    private static HorizontalPodAutoscaler hpa(KubernetesClient client) {
        return client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace("shop")
                .withName("db")
                .get();
    }

    private static String image(KubernetesClient client) {
        return deployment(client).getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("app"))
                .findFirst()
                .orElseThrow()
                .getImage();
    }

    private static List<?> env(KubernetesClient client) {
        return deployment(client).getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("app"))
                .findFirst()
                .orElseThrow()
                .getEnv();
    }

    private static final String ENV = "          env: [{name: LEVEL, value: info}]\n";

    private static String web(String cpu, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                        - name: app
                          image: "%2$s"
                          ports: [{containerPort: 8080}]
                %3$s          resources: {requests: {cpu: %1$s}}
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: web, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  minReplicaCount: 5
                  maxReplicaCount: 20
                  triggers: [{type: metrics-api, metadata: {targetValue: "10"}}]
                """.formatted(cpu, image, ENV);
    }

    private static final String DB = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers: [{name: app, image: "db:1"}]
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: db, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}
              minReplicas: 3
              maxReplicas: 9
              metrics:
                - type: Resource
                  resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
            """;

    private static final String NIGHT = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: web, namespace: shop}
            spec:
              scaledObjectRef: {name: web}
              timeZone: UTC
              windows: [{name: peak, start: "30 13 * * *", duration: 1h, minReplicas: 7}]
            ---
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: db, namespace: shop}
            spec:
              hpaRef: {name: db}
              timeZone: UTC
              windows: [{name: peak, start: "30 13 * * *", duration: 1h, minReplicas: 4}]
            """;
}
