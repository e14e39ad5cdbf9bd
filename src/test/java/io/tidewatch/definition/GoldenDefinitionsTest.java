package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.definition.schema.UnknownFields;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.SourceDefinitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of src/test/resources/definitions is a source; expected-problems.txt, written by hand, holds what must be
 * said of it, and after a line of dashes what must be in force. manifests.properties, where it is there, holds the settings
 * {@code tidewatch.manifests.…} without that beginning, and the kinds that the source lists.
 */
class GoldenDefinitionsTest {

    private static final Path CASES = Path.of("src/test/resources/definitions");
    private static final String EXPECTED = "expected-problems.txt";
    private static final String SETTINGS = "manifests.properties";

    @TestFactory
    Stream<DynamicTest> everyCase() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<Path> sorted = folders.filter(Files::isDirectory).sorted().toList();
            return sorted.stream().map(folder -> DynamicTest.dynamicTest(name(folder), () -> judge(folder)));
        }
    }

    private static void judge(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString();
                if (!name.equals(EXPECTED) && !name.equals(SETTINGS)) {
                    files.put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            }
        }
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");
        SourceDefinitions read = new DefinitionReader(
                        new Scope(Set.of(), Optional.empty(), kinds(folder.resolve(SETTINGS))),
                        schemas(folder.resolve(SETTINGS)))
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE);
        StringBuilder told = new StringBuilder();
        read.problems().forEach(p -> told.append(line(p)).append('\n'));
        told.append("---\n");
        inForce(read).forEach(id -> told.append(id).append('\n'));
        assertThat(told.toString()).isEqualTo(Files.readString(folder.resolve(EXPECTED)));
    }

    private static Properties settings(Path settings) throws IOException {
        Properties read = new Properties();
        if (Files.exists(settings)) {
            read.load(Files.newBufferedReader(settings));
        }
        return read;
    }

    private static Set<FurtherKind> kinds(Path settings) throws IOException {
        return Stream.of(settings(settings).getProperty("kinds", "").split(" "))
                .flatMap(text -> FurtherKind.parse(text).stream())
                .collect(Collectors.toSet());
    }

    private static Schemas schemas(Path settings) throws IOException {
        Properties read = settings(settings);
        Schemas schemas = Schemas.NEWEST.with(
                UnknownFields.of(read.getProperty("unknownFields", "error")).orElseThrow());
        return schemas.withRollouts(read.getProperty("rolloutsVersion", "1.9"))
                .flatMap(known -> known.withKeda(read.getProperty("kedaVersion", "2.20")))
                .orElseThrow();
    }

    private static String line(Problem p) {
        String place = p.file() + ":" + p.line() + (p.path().isEmpty() ? "" : " " + p.path());
        return place + " " + p.severity().name().toLowerCase(Locale.ROOT) + " " + p.code() + "\n    " + p.message();
    }

    private static List<String> inForce(SourceDefinitions read) {
        return read.files().values().stream()
                .flatMap(GoldenDefinitionsTest::ids)
                .toList();
    }

    private static Stream<String> ids(FileDefinitions file) {
        return Stream.of(
                        file.schedules().stream().map(s -> "ScaleSchedule " + s.id()),
                        file.calendars().stream().map(c -> "Calendar " + c.namespace() + "/" + c.name()),
                        file.manifests().stream().map(m -> m.key().toString()))
                .flatMap(ids -> ids);
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }
}
