package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Map<String, Object> WRITTEN = Map.of(
            "kind",
            "Rollout",
            "spec",
            Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:1")))));

    @Test
    void whatTheClusterAddsIsNoDrift() {
        Map<String, Object> live = Map.of(
                "kind", "Rollout",
                "status", Map.of("phase", "Healthy"),
                "spec",
                        Map.of(
                                "replicas",
                                5,
                                "template",
                                Map.of(
                                        "containers",
                                        List.of(Map.of("name", "app", "image", "shop:1", "resources", Map.of())))));

        assertThat(Drift.between(WRITTEN, live)).isEmpty();
    }

    @Test
    void anotherValueIsNamedByItsPath() {
        Map<String, Object> live = Map.of(
                "spec", Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:2")))));

        assertThat(Drift.between(WRITTEN, live)).contains(".spec.template.containers[0].image");
    }

    @Test
    void aListOfAnotherLengthIsDrift() {
        Map<String, Object> live = Map.of("spec", Map.of("template", Map.of("containers", List.of())));

        assertThat(Drift.between(WRITTEN, live)).contains(".spec.template.containers");
    }

    @Test
    void aFieldThatWeOwnAndNoLongerWriteIsDrift() {
        Map<String, Object> live = Map.of(
                "metadata",
                        Map.of(
                                "managedFields",
                                List.of(Map.of(
                                        "manager",
                                        "tidewatch",
                                        "operation",
                                        "Apply",
                                        "fieldsV1",
                                        Map.of("f:spec", Map.of("f:minReadySeconds", Map.of()))))),
                "spec",
                        Map.of(
                                "minReadySeconds",
                                5,
                                "template",
                                Map.of("containers", List.of(Map.of("name", "app", "image", "shop:1")))));

        assertThat(Drift.between(WRITTEN, live)).contains(".spec.minReadySeconds");
    }

    @Test
    void theFloorIsJudgedElsewhere() {
        assertThat(Drift.between(
                        Map.of("spec", Map.of("minReplicaCount", 5)), Map.of("spec", Map.of("minReplicaCount", 7))))
                .isEmpty();
    }

    @Test
    void fiveAsAnIntAndAsALongAreTheSame() {
        assertThat(Drift.between(
                        Map.of("spec", Map.of("pollingInterval", 30)), Map.of("spec", Map.of("pollingInterval", 30L))))
                .isEmpty();
    }
}
