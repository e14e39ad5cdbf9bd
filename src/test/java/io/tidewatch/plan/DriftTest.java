package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Difference;
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

        assertThat(paths(WRITTEN, live)).isEmpty();
    }

    @Test
    void anotherValueIsNamedByItsPath() {
        Map<String, Object> live = Map.of(
                "spec", Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:2")))));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers[0].image");
    }

    @Test
    void aListOfAnotherLengthIsDrift() {
        Map<String, Object> live = Map.of("spec", Map.of("template", Map.of("containers", List.of())));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers");
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

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.minReadySeconds");
    }

    @Test
    void theFloorIsJudgedElsewhere() {
        assertThat(paths(Map.of("spec", Map.of("minReplicaCount", 5)), Map.of("spec", Map.of("minReplicaCount", 7))))
                .isEmpty();
    }

    @Test
    void fiveAsAnIntAndAsALongAreTheSame() {
        assertThat(paths(Map.of("spec", Map.of("pollingInterval", 30)), Map.of("spec", Map.of("pollingInterval", 30L))))
                .isEmpty();
    }

    @Test
    void whatACommitDropsInsideAListIsDrift() {
        Map<String, Object> live = Map.of(
                "spec",
                Map.of(
                        "template",
                        Map.of(
                                "containers",
                                List.of(Map.of(
                                        "name", "app", "image", "shop:1", "env", List.of(Map.of("name", "A")))))));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers[0].env");
    }

    @Test
    void aDifferenceSaysWhatIsThereAndWhatIsWritten() {
        Map<String, Object> live = Map.of(
                "spec", Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:2")))));

        assertThat(Drift.between(WRITTEN, live, Drift.MINIMUM_ONLY))
                .hasToString("[spec.template.containers[0].image shop:2 → shop:1]");
    }

    @Test
    void anEmptyMapThatTheClusterDroppedIsNoDifference() {
        assertThat(paths(Map.of("spec", Map.of("advanced", Map.of())), Map.of("spec", Map.of())))
                .isEmpty();
    }

    private static List<String> paths(Map<String, Object> written, Map<String, Object> live) {
        return Drift.between(written, live, Drift.MINIMUM_ONLY).stream()
                .map(Difference::path)
                .toList();
    }
}
