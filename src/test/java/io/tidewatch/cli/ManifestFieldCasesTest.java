package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
    void aVersionThatIsNotKnownIsWrongUsageAndTheKnownOnesAreNamed() {
        Typed said = Typed.of("validate", "--keda-version", "1.5", CASES + "scaledobject-wrong-names.yaml");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("KEDA 1.5", "known are 2.19 and 2.20");
    }

    @Test
    void goodManifestsHaveNoError() {
        assumeTrue(Files.isDirectory(GOOD), () -> GOOD + " is not at hand");

        assertThat(Typed.of("validate", GOOD.toString()).out()).doesNotContain("error ");
    }
}
