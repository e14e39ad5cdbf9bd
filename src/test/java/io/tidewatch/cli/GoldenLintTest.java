package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of src/test/resources/lint holds definitions and, written by hand, what {@code validate} says of them. */
class GoldenLintTest {

    private static final Path CASES = Path.of("src/test/resources/lint");
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReportedAsWritten(String name) throws IOException {
        Path folder = CASES.resolve(name);
        Validation read = Offline.read(List.of(folder.toString()), Scope.ALL, Schemas.NEWEST);
        StringBuilder said = new StringBuilder();
        ValidateVerb.problems(read, Map.of(), NEW_YEAR).forEach(p -> said.append(line(folder, p)));
        assertThat(said.toString()).isEqualTo(Files.readString(folder.resolve("expected-problems.txt")));
    }

    private static String line(Path folder, Problem p) {
        return folder.relativize(Path.of(p.file())) + ":" + p.line() + " " + p.path() + " "
                + p.severity().name().toLowerCase(Locale.ROOT) + " " + p.code() + "\n    "
                + p.message().replace(folder + "/", "") + "\n";
    }
}
