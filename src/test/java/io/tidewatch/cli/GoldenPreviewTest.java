package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.cli.Documents.Format;
import io.tidewatch.cli.preview.PreviewTable;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.ownership.Leads;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.calendar.PreviewDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of src/test/resources/preview holds definitions, a question (from when, how many days, the viewer's zone)
 * and, written by hand, what people and, where it says so, scripts are told.
 */
class GoldenPreviewTest {

    private static final Path CASES = Path.of("src/test/resources/preview");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isPrintedAsWritten(String name) throws IOException {
        Path folder = CASES.resolve(name);
        Properties question = new Properties();
        try (var lines = Files.newBufferedReader(folder.resolve("question.properties"))) {
            question.load(lines);
        }
        Instant from = Instant.parse(question.getProperty("from"));
        Instant to = from.plus(Integer.parseInt(question.getProperty("days")), ChronoUnit.DAYS);
        Definitions given = new Definitions(List.of(Offline.read(List.of(folder.toString()), Scope.ALL, Schemas.NEWEST)
                .windows()));
        Preview preview = Preview.of(given, leads(folder), from, to);

        assertThat(new PreviewTable(preview, ZoneId.of(question.getProperty("viewer"))).text())
                .isEqualTo(Files.readString(folder.resolve("expected.txt")));
        Path json = folder.resolve("expected.json");
        if (Files.exists(json)) {
            ObjectMapper mapper = new ObjectMapper();
            assertThat(mapper.readTree(Documents.text(PreviewDocument.of(preview), Format.json)))
                    .isEqualTo(mapper.readTree(json.toFile()));
        }
    }

    /** What targets have learned, from a dump of the same name. */
    private static LearnedLeads leads(Path folder) {
        Path dump = Path.of("src/test/resources/preview-dumps", folder.getFileName() + ".yaml");
        return Files.exists(dump)
                ? Leads.of(Dumps.read(List.of(dump.toString())).read(Instant.EPOCH))
                : LearnedLeads.NONE;
    }
}
