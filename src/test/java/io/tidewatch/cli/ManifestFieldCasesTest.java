package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that users of KEDA and Argo Rollouts reported elsewhere, through the command line. */
class ManifestFieldCasesTest {

    private static final String CASES = "src/test/resources/field-cases/";

    /** Manifests of Argo Rollouts' own documentation, where they are at hand. */
    private static final Path GOOD = Path.of("../shared/manifests");

    @Test
    void theNamesOfAnHpaInAScaledObjectAreUnknown() {
        Typed said = Typed.of("validate", CASES + "scaledobject-wrong-names.yaml");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .contains(":7: spec.minReplicas: unknown field in KEDA 2.20", "did you mean minReplicaCount?")
                .contains(":8: spec.maxReplicas: unknown field in KEDA 2.20", "did you mean maxReplicaCount?");
    }

    @Test
    void theSecondScaledObjectOfARolloutIsAnError() {
        Typed said = Typed.of("validate", CASES + "two-scaledobjects-one-rollout.yaml");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .contains(":16: spec.scaleTargetRef: Rollout ya/basket is already scaled by ScaledObject basket")
                .contains("two-scaledobjects-one-rollout.yaml:2", "KEDA rejects a second one")
                .contains("1 error,");
    }

    @Test
    void aVersionThatIsNotKnownIsWrongUsageAndTheKnownOnesAreNamed() {
        Typed said = Typed.of("validate", "--keda-version", "1.5", CASES + "scaledobject-wrong-names.yaml");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("KEDA 1.5", "known are 2.19 and 2.20");
    }

    @Test
    void limitsDependOnTheVersion(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.yaml");
        Files.writeString(file, """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: a}
                spec:
                  scaleTargetRef: {name: a}
                  pollingInterval: 0
                  triggers: [{type: cron, metadata: {}}]
                """);

        assertThat(Typed.of("validate", "--keda-version", "v2.20.2", file.toString())
                        .out())
                .contains("spec.pollingInterval: 0 is too low; the minimum is 1");
        assertThat(Typed.of("validate", "--keda-version", "2.19", file.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void anUnknownFieldIsAWarningIfTheOptionOrTheConfigurationSaysSo(@TempDir Path folder) throws IOException {
        String manifest = "src/test/resources/definitions/newer-controllers/a.yaml";
        Files.writeString(
                folder.resolve("application.properties"),
                "tidewatch.manifests.unknownFields = warn\ntidewatch.manifests.kedaVersion = 2.19\n");
        String config = folder.toString();

        assertThat(Typed.of("validate", manifest).exitCode()).isEqualTo(1);
        assertThat(Typed.of("validate", "--unknown-fields", "warn", manifest).exitCode())
                .isZero();
        assertThat(Typed.of("validate", "--unknown-fields", "ignore", manifest).exitCode())
                .isEqualTo(2);
        Typed configured = Typed.of("validate", "--config", config, manifest);
        assertThat(configured.exitCode()).isZero();
        assertThat(configured.out()).contains("unknown field in KEDA 2.19", "unknown field in Argo Rollouts 1.9");
        assertThat(Typed.of("validate", "--config", config, "--unknown-fields", "error", manifest)
                        .exitCode())
                .isEqualTo(1);
        assertThat(Typed.of("preview", "--config", config, manifest).exitCode()).isZero();
        assertThat(Typed.of("preview", manifest).exitCode()).isEqualTo(1);
    }

    /** Argo Rollouts 1.9 took over fields of Kubernetes that 1.8 drops. */
    @Test
    void aFieldOfKubernetesThatAnOlderArgoRolloutsDropsIsAWarning() {
        String manifest = "src/test/resources/definitions/rollout-fields/b.yaml";

        assertThat(Typed.of("validate", "--rollouts-version", "1.8", manifest).out())
                .contains(
                        "spec.template.spec.containers[0].volumeMounts[0].recursiveReadOnly: Kubernetes knows this field,"
                                + " but a Rollout of Argo Rollouts 1.8 cannot hold it");
        assertThat(Typed.of("validate", "--rollouts-version", "v1.9.1", manifest)
                        .out())
                .doesNotContain("recursiveReadOnly");
    }

    @Test
    void goodManifestsHaveNoError() {
        assumeTrue(Files.isDirectory(GOOD), () -> GOOD + " is not at hand");

        assertThat(Typed.of("validate", GOOD.toString()).out()).doesNotContain("error ");
    }
}
