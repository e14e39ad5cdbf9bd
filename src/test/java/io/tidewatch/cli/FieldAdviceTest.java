package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} and {@code preview} answer to texts that people wrote in the field. */
class FieldAdviceTest {

    private static final Path CASES = Path.of("src/test/resources/field-cases");
    /** What the answer names, in place of the zone; the other zones of the file are accepted. */
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("UTC+9", "Etc/GMT-9"),
            Map.entry("UTC+09:00", "Etc/GMT-9"),
            Map.entry("GMT+8", "Etc/GMT-8"),
            Map.entry("+09:00", "Etc/GMT-9"),
            Map.entry("Z", "write UTC"),
            Map.entry("", "write an IANA name such as Asia/Seoul"),
            Map.entry("Local", "never uses the zone of the host"),
            Map.entry("KST", "ambiguous and is not an IANA name; write Asia/Seoul"),
            Map.entry("IST", "write Asia/Kolkata, Asia/Jerusalem or Europe/Dublin"),
            Map.entry("PST", "write America/Los_Angeles or Asia/Manila"),
            Map.entry("asia/seoul", "write Asia/Seoul"),
            Map.entry("Asia/Seul", "did you mean Asia/Seoul?"),
            Map.entry("Seoul", "write Asia/Seoul"),
            Map.entry("Korea Standard Time", "write Asia/Seoul"),
            Map.entry("Europe/Berlin ", "write Europe/Berlin, without the space around it"),
            Map.entry("Asia/Beijing", "write Asia/Shanghai"),
            Map.entry("posixrules", "write an IANA name such as Asia/Seoul"),
            Map.entry("Factory", "write an IANA name such as Asia/Seoul"),
            Map.entry("America/New York", "write America/New_York"));
    /** Names that depend on the age of the JDK. */
    private static final List<String> NOT_IN_EVERY_JDK = List.of("America/Coyhaique", "SystemV/PST8PDT");

    @TempDir
    private Path folder;

    @Test
    void zonesAreAnsweredByMeaning() throws IOException {
        Map<String, String> zones = new TreeMap<>();
        String[] documents = Files.readString(CASES.resolve("zone-names.yaml")).split("---\n", -1);
        for (int i = 0; i < documents.length; i++) {
            String name = "z%02d.yaml".formatted(i);
            Files.writeString(folder.resolve(name), documents[i]);
            zones.put(
                    name,
                    documents[i]
                            .lines()
                            .filter(line -> line.contains("timeZone: "))
                            .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                            .findFirst()
                            .orElseThrow());
        }

        Map<String, String> errors = new TreeMap<>();
        Map<String, String> warnings = new TreeMap<>();
        for (JsonNode problem : validated(folder).path("problems")) {
            if (problem.path("path").asText().equals("spec.timeZone")) {
                String file =
                        Path.of(problem.path("file").asText()).getFileName().toString();
                (problem.path("severity").asText().equals("error") ? errors : warnings)
                        .put(zones.get(file), problem.path("message").asText());
            }
        }

        ADVICE.forEach((zone, right) -> assertThat(errors.get(zone)).as(zone).contains(right));
        errors.keySet().removeAll(NOT_IN_EVERY_JDK);
        assertThat(errors).containsOnlyKeys(ADVICE.keySet());
        assertThat(warnings).containsOnlyKeys("EST", "MST");
        assertThat(warnings.get("EST")).contains("UTC-05:00", "without daylight saving time", "America/New_York");
    }

    @Test
    void rangesThatBeginWithSundayMeanWhatTheyMeanInACronJob() throws IOException {
        Path file = CASES.resolve("cron-sunday-ranges.yaml");

        assertThat(validated(file).path("problems").findValuesAsText("severity"))
                .doesNotContain("error");
        Typed preview =
                Typed.of("preview", file.toString(), "--from", "2026-11-28T00:00:00Z", "--days", "8", "-o", "json");
        List<String> opens = StreamSupport.stream(
                        new ObjectMapper().readTree(preview.out()).path("edges").spliterator(), false)
                .filter(edge -> edge.path("schedule").asText().equals("bazaar/offers"))
                .filter(edge -> edge.path("edge").asText().equals("start"))
                .map(edge -> edge.path("at").asText())
                .toList();
        assertThat(opens)
                .containsExactly(
                        "2026-11-29T07:00:00+02:00",
                        "2026-11-30T07:00:00+02:00",
                        "2026-12-01T07:00:00+02:00",
                        "2026-12-02T07:00:00+02:00",
                        "2026-12-03T07:00:00+02:00");
    }

    private static JsonNode validated(Path path) throws IOException {
        return new ObjectMapper()
                .readTree(Typed.of("validate", path.toString(), "-o", "json").out());
    }
}
