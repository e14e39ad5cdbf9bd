package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.WorkloadsTest;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state, cause and note has an entry in docs/diagnosis.md, a golden dump and a playground test. */
class DiagnosisPageTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final int COLUMNS = 6;

    @Test
    void everyWordHasItsRowItsCaseAndItsTest() throws IOException {
        Map<String, List<String>> rows = rows();
        List<String> tests = Stream.of(PlaygroundDiagnosisTest.class, WorkloadDiagnosisTest.class, WorkloadsTest.class)
                .flatMap(tested -> Arrays.stream(tested.getDeclaredMethods()))
                .map(Method::getName)
                .toList();
        words().forEach(word -> {
            assertThat(rows.containsKey(word))
                    .as("docs/diagnosis.md has an entry ### `%s`", word)
                    .isTrue();
            List<String> cells = rows.get(word);
            assertThat(cells)
                    .as("entry %s of docs/diagnosis.md: word, meaning, Evidence, What to do, Case, Test", word)
                    .hasSize(COLUMNS)
                    .allSatisfy(cell -> assertThat(cell).isNotBlank());
            for (String name : cells.get(4).replace("*", "").split(", ")) {
                assertThat(CASES.resolve(name + ".yaml")).as(word).exists();
            }
            assertThat(tests).as(word).contains(cells.get(5).split(", "));
        });
    }

    /** No object in a cluster makes one, so it has neither a dump nor simulated controllers; its test plants one. */
    @Test
    void theInternalErrorHasItsRowAndItsTest() throws IOException {
        List<String> cells = rows().get(Cause.INTERNAL_ERROR.word());

        assertThat(cells).hasSize(COLUMNS).allSatisfy(cell -> assertThat(cell).isNotBlank());
        assertThat(Path.of("src/test/java/io/tidewatch/loop", cells.get(5) + ".java"))
                .exists();
    }

    private static Stream<String> words() {
        return Stream.of(
                        Arrays.stream(State.values()).map(State::word),
                        Arrays.stream(Cause.values())
                                .filter(cause -> cause != Cause.INTERNAL_ERROR)
                                .map(Cause::word),
                        Arrays.stream(Note.values()).map(Note::word))
                .flatMap(words -> words);
    }

    /** By the word of its heading: the word, what it means, and the four labelled items below. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new HashMap<>();
        String page = Files.readString(Path.of("docs/diagnosis.md"));
        for (String entry : page.split("(?m)^#{2,3} ")) {
            if (entry.startsWith("`")) {
                List<String> cells = Arrays.stream(
                                entry.split("\n\n|(?m)^- \\*\\*(Evidence|What to do|Case|Test):\\*\\*"))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .limit(COLUMNS)
                        .toList();
                rows.put(cells.get(0).replace("`", ""), cells);
            }
        }
        return rows;
    }
}
