package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another writer of spec.replicas, as people dumped it, and what resembles it. */
class OverwriteFieldCasesTest {

    private static final Path CASE = Path.of("src/test/resources/field-cases/replicas-overwritten.yaml");
    private static final String AT = "2026-11-24T10:00:00Z";
    private static final String OVERWRITTEN = "ReplicasOverwritten";
    private static final String COUNT = """
              count: 120
              firstTimestamp: '2026-11-24T09:00:00Z'
              lastTimestamp: '2026-11-24T09:59:46Z'
            """;

    @TempDir
    private Path folder;

    private String dump = "";

    @BeforeEach
    void asItWasDumped() throws IOException {
        dump = Files.readString(CASE);
    }

    @Test
    void argoCdResetsReplicas() throws IOException {
        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "certain");
        assertThat(diagnosis.path("summary").asText())
                .isEqualTo(
                        "the HPA desires 7, the Rollout has 5: argocd-controller keeps overwriting spec.replicas (last at"
                                + " 2026-11-24T09:59:55Z), and the HPA has set it to 7 again, 120 times in 60 min; to fix it: in the Argo CD"
                                + " Application write ignoreDifferences: [{group: argoproj.io, kind: Rollout, jsonPointers:"
                                + " [/spec/replicas]}] and syncOptions: [RespectIgnoreDifferences=true], then leave replicas out of the"
                                + " manifest in Git");
        assertThat(diagnosis.path("evidence").toString())
                .contains("metadata.managedFields[spec.replicas]", "argocd-controller at 2026-11-24T09:59:55Z")
                .contains("120 from 2026-11-24T09:00:00Z to 2026-11-24T09:59:46Z")
                .contains("metadata.generation");
        assertThat(diagnosis.path("causes")).hasSize(1);
    }

    @Test
    void fluxIsNamedWithItsOwnRule() throws IOException {
        replace("manager: argocd-controller", "manager: kustomize-controller");

        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "certain");
        assertThat(diagnosis.path("summary").asText())
                .contains("kustomize-controller keeps overwriting spec.replicas")
                .contains("spec.ignore: [{target: {kind: Rollout}, paths: [/spec/replicas]}], then leave replicas out");
    }

    @Test
    void kubectlApplyIsNamedWithItsOwnRule() throws IOException {
        replace(
                "manager: argocd-controller\n      operation: Apply",
                "manager: kubectl-client-side-apply\n      operation: Update");

        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "certain");
        assertThat(diagnosis.path("summary").asText()).contains("kubectl apply edit-last-applied");
    }

    /** The newer Events API counts in a series. */
    @Test
    void aSeriesIsCounted() throws IOException {
        replace(COUNT, """
                  eventTime: '2026-11-24T09:00:00.000000Z'
                  series: {count: 120, lastObservedTime: '2026-11-24T09:59:46.000000Z'}
                """);

        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "certain");
        assertThat(diagnosis.path("summary").asText()).contains("120 times in 60 min");
    }

    /** A dump without managedFields, as kubectl prints it by default. */
    @Test
    void countsAloneAreLikely() throws IOException {
        replace("managedFields:", "unused:");

        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "likely");
        assertThat(diagnosis.path("summary").asText())
                .contains(
                        "another writer keeps overwriting spec.replicas, and the HPA has set it to 7 again, 120 times in 60 min")
                .contains("find the other writer in the managedFields of the Rollout");
    }

    /** It happened at least once, and the HPA still has its time to correct it. */
    @Test
    void managedFieldsAloneAreNoLagYet() throws IOException {
        replace("reason: SuccessfulRescale", "reason: Another");

        JsonNode diagnosis = diagnose(0);

        assertIs(diagnosis, "Waiting", "certain");
        assertThat(diagnosis.path("summary").asText())
                .contains("argocd-controller has overwritten spec.replicas (last at 2026-11-24T09:59:55Z)");
    }

    @Test
    void repeatedRescalesAreNoLagBeforeTheTimeHasPassed() throws IOException {
        replace(COUNT, """
                  count: 9
                  firstTimestamp: '2026-11-24T09:57:00Z'
                  lastTimestamp: '2026-11-24T09:59:46Z'
                """);

        assertIs(diagnose(0), "Waiting", "certain");
    }

    @Test
    void aSingleKubectlScaleIsNoOverwriting() throws IOException {
        writtenBy("kubectl", "Update\n      subresource: scale");
        rescaled(1, 7);

        assertIsAnother(diagnose(0));
    }

    @Test
    void aBotThatScalesAgainAndAgainIsNamed() throws IOException {
        writtenBy("scale-bot", "Update\n      subresource: scale");

        JsonNode diagnosis = diagnose(1);

        assertIs(diagnosis, "AvailabilityLag", "certain");
        assertThat(diagnosis.path("summary").asText())
                .contains("scale-bot keeps overwriting spec.replicas")
                .contains("stop scale-bot from writing spec.replicas");
    }

    /** The HPA has not rescaled since, so the HPA is what fails. */
    @Test
    void anOldWriteIsNotTheCause() throws IOException {
        replace("2026-11-24T09:59:55Z", "2026-11-24T09:50:00Z");
        replace("lastScaleTime: '2026-11-24T09:59:46Z'", "lastScaleTime: '2026-11-24T09:49:00Z'");
        rescaled(1, 7);

        JsonNode diagnosis = diagnose(0);

        assertIsAnother(diagnosis);
        assertThat(diagnosis.path("cause").asText()).isEqualTo("HpaNotScaling");
    }

    /** Without a scale-down stabilization an HPA returns by itself. */
    @Test
    void anHpaThatSwingsIsNotOverwritten() throws IOException {
        writtenBy("kube-controller-manager", "Update\n      subresource: scale");
        rescaled(60, 7);
        dump += event(50, 5);

        assertIsAnother(diagnose(0));
    }

    /** Its minimum was raised since, and each rescale went one step further. */
    @Test
    void anHpaWithLimitedStepsIsNotOverwritten() throws IOException {
        writtenBy("kube-controller-manager", "Update\n      subresource: scale");
        rescaled(1, 5);
        dump += event(1, 4) + event(1, 3);

        assertIsAnother(diagnose(0));
    }

    @Test
    void whoOwnsTheNumberThatTheHpaDesiresOverwritesNothing() throws IOException {
        replace("minReplicaCount: 7", "minReplicaCount: 5");
        replace("minReplicas: 7", "minReplicas: 5");
        replace("desiredReplicas: 7", "desiredReplicas: 5");
        rescaled(1, 5);

        JsonNode diagnosis = diagnose(0, "5");

        assertIsAnother(diagnosis);
        assertThat(diagnosis.path("state").asText()).isEqualTo("Converged");
    }

    @Test
    void anHpaAtItsMaximumIsNotOverwritten() throws IOException {
        replace("maxReplicas: 20", "maxReplicas: 5");
        replace("maxReplicaCount: 20", "maxReplicaCount: 5");
        replace("desiredReplicas: 7", "desiredReplicas: 5");
        rescaled(1, 5);

        assertIsAnother(diagnose(0));
    }

    @Test
    void aPausedScaledObjectIsNotOverwritten() throws IOException {
        replace(
                "    finalizers:\n    - finalizer.keda.sh\n",
                "    annotations: {autoscaling.keda.sh/paused-replicas: '5'}\n    finalizers:\n    - finalizer.keda.sh\n");

        assertIsAnother(diagnose(0));
    }

    private void writtenBy(String manager, String operation) {
        replace(
                "manager: argocd-controller\n      operation: Apply",
                "manager: " + manager + "\n      operation: " + operation);
    }

    private void rescaled(int count, int size) {
        replace("count: 120", "count: " + count);
        replace("New size: 7", "New size: " + size);
    }

    /** Another Event about the HPA; the dump ends with the first. */
    private String event(int count, int size) {
        String first = dump.substring(dump.lastIndexOf("- apiVersion: v1"));
        return first.replaceAll("count: \\d+", "count: " + count)
                .replaceAll("New size: \\d+", "New size: " + size)
                .replaceAll("keda-hpa-offers[.]5010", "keda-hpa-offers." + size);
    }

    private void replace(String what, String with) {
        assertThat(dump).contains(what);
        dump = dump.replace(what, with);
    }

    private static void assertIs(JsonNode diagnosis, String state, String certainty) {
        assertThat(diagnosis.path("state").asText())
                .as(diagnosis.toPrettyString())
                .isEqualTo(state);
        assertThat(diagnosis.path("cause").asText()).isEqualTo(OVERWRITTEN);
        assertThat(diagnosis.path("hop").asText()).isEqualTo("HPA");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo(certainty);
    }

    private static void assertIsAnother(JsonNode diagnosis) {
        assertThat(diagnosis.path("causes").toString()).doesNotContain(OVERWRITTEN);
        assertThat(diagnosis.path("summary").asText()).doesNotContain("overwr");
    }

    private JsonNode diagnose(int exitCode) throws IOException {
        return diagnose(exitCode, "7");
    }

    private JsonNode diagnose(int exitCode, String wanted) throws IOException {
        Path file = folder.resolve("dump.yaml");
        Files.writeString(file, dump);
        Typed answer =
                Typed.of("diagnose", "--cluster-state", file.toString(), "--wanted", wanted, "--at", AT, "-o", "json");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).as(answer.out()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(answer.out()).path("diagnoses").path(0);
    }
}
