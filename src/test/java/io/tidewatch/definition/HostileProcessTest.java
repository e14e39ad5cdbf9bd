package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Main;
import io.tidewatch.definition.HostileDefinitionsTest.Hostile;
import io.tidewatch.definition.check.SourceSize;
import io.tidewatch.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link HostileDefinitionsTest} reads, given to {@code validate} in a process with the heap of a small pod: it ends by
 * itself, with an exit code that says what is wrong and no stack trace. The wait is a net for a process that hangs.
 */
@Tag("full")
class HostileProcessTest {

    private static final long PATIENCE_MINUTES = 3;

    @TempDir
    Path folder;

    static Stream<Hostile> shapes() {
        return Stream.of(HostileDefinitionsTest.texts(), HostileDefinitionsTest.calendars(), tooMany())
                .flatMap(shapes -> shapes);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void validateEndsByItselfAndSaysWhatIsWrong(Hostile hostile) throws IOException, InterruptedException {
        Path definitions = Files.createDirectory(folder.resolve("definitions"));
        for (Map.Entry<String, String> file : hostile.files().entrySet()) {
            Files.writeString(definitions.resolve(file.getKey()), file.getValue());
        }
        Path said = folder.resolve("said");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx460m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "validate",
                        definitions.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("ended by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isIn(1, 2);
        assertThat(text)
                .contains(hostile.code().isEmpty() ? "error" : "[" + hostile.code() + "]")
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("OutOfMemory");
    }

    /** As many small documents as a source may not have. */
    private static Stream<Hostile> tooMany() {
        return Stream.of(
                documents("a schedule too many", Limits.SCHEDULES_IN_SOURCE, """
                        apiVersion: tidewatch.io/v1alpha1
                        kind: ScaleSchedule
                        metadata: {name: %1$s, namespace: shop}
                        spec: {scaledObjectRef: {name: %1$s}, timeZone: UTC, windows: []}
                        """),
                documents("an object too many", Limits.OBJECTS_IN_SOURCE, """
                        apiVersion: keda.sh/v1alpha1
                        kind: ScaledObject
                        metadata: {name: %1$s, namespace: shop}
                        spec: {scaleTargetRef: {name: %1$s}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {}}]}
                        """));
    }

    private static Hostile documents(String name, int most, String document) {
        SortedMap<String, String> files = new TreeMap<>();
        for (int from = 0; from <= most; from += Limits.DOCUMENTS_IN_FILE) {
            int to = Math.min(from + Limits.DOCUMENTS_IN_FILE, most + 1);
            files.put(
                    "part-" + from + ".yaml",
                    IntStream.range(from, to)
                            .mapToObj(i -> "---\n" + document.formatted("n" + i))
                            .collect(Collectors.joining()));
        }
        return new Hostile(name, files, SourceSize.CODE, 1, "");
    }
}
