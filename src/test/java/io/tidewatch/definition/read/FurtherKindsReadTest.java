package io.tidewatch.definition.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deployments, StatefulSets and HPAs are manifests only where a source lists their kind. */
class FurtherKindsReadTest {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: app, image: "a:1", resources: {requests: {cpu: 0.5, memory: 0.5Gi}}}]
            """;

    @Test
    void aKindThatIsNotListedIsLeftAlone() {
        ReadFile file = read(DEPLOYMENT.replace("image:", "imgae:"), Set.of(FurtherKind.HPA));

        assertThat(all(file)).isEmpty();
        assertThat(file.definitions().manifests()).isEmpty();
    }

    @Test
    void aListedKindIsReadInTheFormThatTheApiServerWritesBack() {
        ReadFile file = read(DEPLOYMENT, Set.of(FurtherKind.DEPLOYMENT));

        assertThat(all(file)).isEmpty();
        assertThat(file.definitions().manifests())
                .singleElement()
                .extracting(Manifest::content)
                .asString()
                .contains("cpu=500m")
                .contains("memory=512Mi");
    }

    @Test
    void aMistakeInAPodTemplateHasItsLine() {
        ReadFile file =
                read(DEPLOYMENT.replace("image:", "imagePullPolcy: Always, image:"), Set.of(FurtherKind.DEPLOYMENT));

        assertThat(all(file)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(9);
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            assertThat(problem.path()).isEqualTo("spec.template.spec.containers[0].imagePullPolcy");
            assertThat(problem.message()).contains("did you mean imagePullPolicy?");
        });
    }

    @Test
    void aFieldOfARolloutIsNoneOfADeployment() {
        ReadFile file =
                read(DEPLOYMENT + "  analysis: {successfulRunHistoryLimit: 1}\n", Set.of(FurtherKind.DEPLOYMENT));

        assertThat(all(file))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("unknown field in Kubernetes");
    }

    @Test
    void theQuantitiesOfAnHpasMetricsAreCanonical() {
        ReadFile file = read("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
                  maxReplicas: 9
                  metrics:
                    - type: Pods
                      pods: {metric: {name: value}, target: {type: AverageValue, averageValue: "0.5"}}
                """, Set.of(FurtherKind.HPA));

        assertThat(all(file)).isEmpty();
        assertThat(file.definitions().manifests())
                .singleElement()
                .extracting(Manifest::content)
                .asString()
                .contains("averageValue=500m")
                .contains("name=value");
        assertThat(file.definitions().hpas())
                .as("its bounds stand in the manifest")
                .isEmpty();
    }

    private static List<Problem> all(ReadFile file) {
        return Stream.concat(file.found().errors().stream(), file.found().warnings().stream())
                .toList();
    }

    private static ReadFile read(String text, Set<FurtherKind> kinds) {
        return ReadFile.of(
                "shop", "a.yaml", "c1", text, new OtherFiles(new TreeMap<>(Map.of()), false), Schemas.NEWEST, kinds);
    }
}
