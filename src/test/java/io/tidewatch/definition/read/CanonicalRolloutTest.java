package io.tidewatch.definition.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.kubernetes.CanonicalQuantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Rollouts controller was seen to make of a manifest, field by field. */
class CanonicalRolloutTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 500m",
        "1000m, 1",
        "1, 1",
        "0.5Gi, 512Mi",
        "1024Mi, 1Gi",
        "1.5Gi, 1536Mi",
        "0.5Ki, 512",
        "1000, 1k",
        "128974848, 128974848",
        "129e6, 129e6",
        "0.1, 100m",
        "250m, 250m",
        "0, 0",
        "0Mi, 0",
        "1E, 1E",
        "2e3, 2e3",
        "+1, 1",
        ".5, 500m",
        "1., 1",
        "100n, 100n",
        "0.1n, 1n"
    })
    void quantitiesBecomeCanonical(String written, String canonical) {
        assertThat(CanonicalQuantity.of(written)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({"half", "1 Gi", "1GI", "--1", "1KiB"})
    void whatIsNoQuantityIsLeftToTheApiServer(String written) {
        assertThat(CanonicalQuantity.of(written)).isEmpty();
    }

    @Test
    void aContainerGetsResourcesAndItsPortsTcp() {
        Map<String, Object> container = container(Map.of("name", "app", "ports", List.of(Map.of("containerPort", 80))));

        assertThat(container)
                .containsEntry("resources", Map.of())
                .containsEntry("ports", List.of(Map.of("containerPort", 80, "protocol", "TCP")));
    }

    @Test
    void whatSaysNothingDisappears() {
        Map<String, Object> container = container(Map.of(
                "name", "app", "args", List.of(), "tty", false, "env", List.of(Map.of("name", "A", "value", ""))));

        assertThat(container).doesNotContainKeys("args", "tty").containsEntry("env", List.of(Map.of("name", "A")));
    }

    @Test
    void emptyStructuresBehindPointersStay() {
        Map<String, Object> pod = pod(Map.of(
                "securityContext", Map.of(),
                "volumes", List.of(Map.of("name", "tmp", "emptyDir", Map.of())),
                "nodeSelector", Map.of()));

        assertThat(pod)
                .containsEntry("securityContext", Map.of())
                .containsEntry("volumes", List.of(Map.of("name", "tmp", "emptyDir", Map.of())))
                .doesNotContainKey("nodeSelector");
    }

    @Test
    void limitsAndRequestsAreTextsWhateverWasWritten() {
        Map<String, Object> container =
                container(Map.of("name", "app", "resources", Map.of("limits", Map.of("cpu", 0.5, "memory", "1024Mi"))));

        assertThat(container).containsEntry("resources", Map.of("limits", Map.of("cpu", "500m", "memory", "1Gi")));
    }

    @Test
    void theCanonicalFormOfACanonicalFormIsItself() {
        Map<String, Object> once = CanonicalRollout.of(Map.of(
                "kind",
                "Rollout",
                "spec",
                template(Map.of("containers", List.of(Map.of("name", "app", "tty", false))))));

        assertThat(CanonicalRollout.of(once)).isEqualTo(once);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> container(Map<String, Object> written) {
        return ((List<Map<String, Object>>)
                        pod(Map.of("containers", List.of(written))).get("containers"))
                .get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> pod(Map<String, Object> written) {
        Map<String, Object> spec = (Map<String, Object>)
                CanonicalRollout.of(Map.of("spec", template(written))).get("spec");
        return (Map<String, Object>) ((Map<String, Object>) spec.get("template")).get("spec");
    }

    private static Map<String, Object> template(Map<String, Object> pod) {
        return Map.of("template", Map.of("spec", pod));
    }
}
