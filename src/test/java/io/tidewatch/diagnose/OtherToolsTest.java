package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.proof.OtherTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The comparison in docs/diagnosis.md: others' own rules on the dumps of real controllers. */
class OtherToolsTest {

    private static final String FROM_THE_PLAYGROUND = "shop/checkout";

    @Test
    void thePagesSayWhatTheOthersAnswer() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(10);
        for (String page : List.of("docs/diagnosis.md")) {
            assertThat(lines(Path.of(page)))
                    .as(page + "\n" + String.join("\n", rows))
                    .containsAll(rows);
        }
    }

    /** One row for each dump of a real controller; where it is asked twice, the later answer. */
    private static List<String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Map<String, Object> line : GoldenCasesTest.lines()) {
            if (!line.get("of").equals(FROM_THE_PLAYGROUND) && isAboutRollout(line)) {
                rows.put(line.get("case").toString(), row(line));
            }
        }
        return new ArrayList<>(rows.values());
    }

    private static boolean isAboutRollout(Map<String, Object> line) {
        return first(CaseDump.of(line.get("case").toString()).objects, "Rollout")
                .isPresent();
    }

    private static String row(Map<String, Object> line) {
        List<Map<String, Object>> objects = CaseDump.of(line.get("case").toString()).objects;
        Map<String, Object> rollout = first(objects, "Rollout").orElseThrow();
        String scaledObject = first(objects, "ScaledObject")
                .map(OtherTools::argoCdHealthOfScaledObject)
                .orElse("–");
        String ours = line.get("state")
                + (line.containsKey("cause") ? ", " + line.get("cause") : "")
                + (line.containsKey("notes") ? ", " + String.join(", ", notes(line)) : "");
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        line.get("case"),
                        OtherTools.argoRolloutsStatus(rollout),
                        OtherTools.argoCdHealth(rollout),
                        scaledObject,
                        ours);
    }

    private static List<String> notes(Map<String, Object> line) {
        return ((List<?>) line.get("notes")).stream().map(Object::toString).toList();
    }

    private static Optional<Map<String, Object>> first(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .findFirst();
    }

    private static List<String> lines(Path page) throws IOException {
        return Files.readAllLines(page);
    }
}
