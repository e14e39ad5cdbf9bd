package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.observe.NewerEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Each golden dump below src/test/resources/cases, against what its line in expected.yaml says. */
class GoldenCasesTest {

    /** The lines of expected.yaml. */
    static List<Map<String, Object>> lines() {
        try (InputStream in = GoldenCasesTest.class.getResourceAsStream("/cases/expected.yaml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsAnsweredAsWritten() {
        return lines().stream()
                .map(line -> DynamicTest.dynamicTest(line.get("case") + " at " + line.get("at"), () -> check(line)));
    }

    /** Which of the two APIs listed the Events changes no answer. */
    @Test
    void eventsOfTheNewerApiProveTheSame() {
        for (Map<String, Object> line : lines()) {
            String[] of = line.get("of").toString().split("/");
            int desired = (Integer) line.get("wanted");
            String at = line.get("at").toString();
            CaseDump dump = CaseDump.of(line.get("case").toString());
            Diagnosis core = dump.ask(of[0], of[1], desired, at);
            dump.objects.replaceAll(NewerEvents::of);
            assertThat(dump.ask(of[0], of[1], desired, at))
                    .as(line.get("case").toString())
                    .isEqualTo(core);
        }
    }

    private static void check(Map<String, Object> line) {
        String[] of = line.get("of").toString().split("/");
        Diagnosis diagnosis = CaseDump.of(line.get("case").toString())
                .ask(
                        of[0],
                        of[1],
                        OptionalInt.of((Integer) line.get("wanted")),
                        line.get("at").toString());
        assertThat(diagnosis.state().word()).as(diagnosis.summary()).isEqualTo(line.get("state"));
        assertThat(diagnosis.cause().map(Cause::word)).as("cause").isEqualTo(word(line, "cause"));
        assertThat(diagnosis.hop().map(Hop::word)).as("hop").isEqualTo(word(line, "hop"));
        assertThat(diagnosis.notes().stream().map(Note::word).toList())
                .as("notes")
                .isEqualTo(line.getOrDefault("notes", List.of()));
        word(line, "certainty")
                .ifPresent(certainty -> assertThat(diagnosis.certainty().name().toLowerCase(Locale.ROOT))
                        .isEqualTo(certainty));
        assertThat(diagnosis.summary()).isNotBlank().doesNotContainPattern("(\\d+ pods?) \\1");
    }

    private static Optional<String> word(Map<String, Object> line, String key) {
        return Optional.ofNullable(line.get(key)).map(Object::toString);
    }
}
