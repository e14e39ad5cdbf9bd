package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.cli.preview.PreviewTable;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.view.calendar.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/schedules.md says what is so: its examples are valid, its output is real, and no field or warning is missing. */
class SchedulesPageTest {

    private static final Path PAGE = Path.of("docs/schedules.md");
    private static final Path SOURCES = Path.of("src/main/java/io/tidewatch");
    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("    \\$ ./tidewatch preview .*?\n((?:    .*\n)+)");
    private static final Pattern WARNING = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");

    /** What the page's examples lean on. */
    private static final Map<String, String> BESIDE = Map.of("checkout.yaml", """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop, labels: {tier: web}}
            spec:
              scaleTargetRef: {name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: cpu, metadata: {value: "60"}}]
            """, "calendars/kr.ics", """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//by hand//EN
            BEGIN:VEVENT
            UID:1
            DTSTAMP:20260101T000000Z
            DTSTART;VALUE=DATE:20261225
            RRULE:FREQ=YEARLY
            SUMMARY:Christmas
            END:VEVENT
            END:VCALENDAR
            """);

    @Test
    void everyExampleIsValidWithoutAWarning() throws IOException {
        List<String> blocks = examples();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        for (String block : blocks) {
            Validation read = read(block);
            assertThat(ValidateVerb.problems(read, Map.of(), NIGHT)).as(block).isEmpty();
            assertThat(read.definitions().schedules()).as(block).isNotEmpty();
        }
    }

    @Test
    void thePreviewIsWhatThePageShows() throws IOException {
        Matcher shown = SHOWN.matcher(Files.readString(PAGE));
        assertThat(shown.find()).isTrue();
        Instant from = Instant.parse("2026-12-22T15:00:00Z");
        Definitions given = new Definitions(List.of(read(examples().get(0)).windows()));
        Preview preview = Preview.of(given, LearnedLeads.NONE, from, from.plus(3, ChronoUnit.DAYS));
        assertThat(new PreviewTable(preview, ZoneId.of("Europe/Berlin")).text().indent(4))
                .isEqualTo(shown.group(1));
    }

    @Test
    void everyFieldOfTheSchemasHasItsPlace() throws IOException {
        String page = Files.readString(PAGE);
        for (String kind : List.of("scaleschedule", "calendar")) {
            JsonNode schema = new ObjectMapper()
                    .readTree(Path.of("deploy/schemas/" + kind + ".json").toFile());
            List<String> fields = new ArrayList<>();
            schema.at("/properties/spec/properties").fieldNames().forEachRemaining(fields::add);
            schema.at("/definitions/window/properties").fieldNames().forEachRemaining(fields::add);
            assertThat(fields).isNotEmpty().allSatisfy(field -> assertThat(page).contains(field));
        }
    }

    @Test
    void everyWarningOfTheLintHasARow() throws IOException {
        TreeSet<String> codes = new TreeSet<>();
        for (String file : List.of(
                "schedule/Lint.java",
                "definition/check/ScheduleChecks.java",
                "definition/check/WindowChecks.java",
                "definition/calendar/IcsReader.java")) {
            Matcher code = WARNING.matcher(Files.readString(SOURCES.resolve(file)));
            while (code.find()) {
                codes.add(code.group(1));
            }
        }
        assertThat(codes).contains("long-window", "hidden-window");
        String page = Files.readString(PAGE);
        assertThat(codes).allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    private static List<String> examples() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static Validation read(String block) {
        TreeMap<String, String> files = new TreeMap<>(BESIDE);
        files.put("example.yaml", block);
        return new DefinitionReader().validate(new Commit("files", "", "", Instant.EPOCH, ""), files);
    }
}
