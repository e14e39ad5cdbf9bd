package io.tidewatch.definition.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes the tables anew with the script, where the CustomResourceDefinitions are at hand. */
class CrdTableTest {

    private static final Path TABLES = Path.of("src/main/resources/io/tidewatch/definition/schema");

    /** The CustomResourceDefinitions of the projects, which are not part of this repository. */
    private static final Path CRDS = Path.of(System.getProperty("tidewatch.crds", "../shared/crds"));

    @ParameterizedTest
    @CsvSource({
        "argoproj.io_rollouts.yaml, 1.8, rollout-1-8.properties",
        "argoproj.io_rollouts-1.9.yaml, 1.9, rollout-1-9.properties",
        "keda.sh_scaledobjects-2.19.yaml, 2.19, scaledobject-2-19.properties",
        "keda.sh_scaledobjects-2.20.yaml, 2.20, scaledobject-2-20.properties"
    })
    void theTableIsWhatTheScriptMakes(String crd, String version, String table) throws Exception {
        assumeTrue(Files.exists(CRDS.resolve(crd)), () -> CRDS.resolve(crd) + " is not at hand");

        assertThat(made(CRDS.resolve(crd), version)).isEqualTo(Files.readString(TABLES.resolve(table)));
    }

    @Test
    void everyFormOfASchemaIsWritten() throws Exception {
        Path crd = Path.of("src/test/resources/definition-schema/crd.yaml");

        assertThat(made(crd, "0.1"))
                .isEqualTo(Files.readString(Path.of("src/test/resources/definition-schema/expected.properties")));
    }

    private static String made(Path crd, String version) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tidewatch-table", ".properties");
        try {
            Process script = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "src/build/CrdTable.java",
                            crd.toString(),
                            version)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(script.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(script.exitValue()).isZero();
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
        }
    }
}
