package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dumps of real controllers, against what must be answered. */
class RecordedDumpsTest {

    private static final Path TRACES = Path.of("../shared/traces");
    private static final Path FALLBACK = Path.of("../../shared/traces");

    @TestFactory
    Stream<DynamicTest> everyRecordedDumpOfARolloutIsAnsweredRight() throws IOException {
        return tests("dumps");
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedDumpOfAnotherWorkloadIsAnsweredRight() throws IOException {
        return tests("dumps-workloads");
    }

    private static Stream<DynamicTest> tests(String folder) throws IOException {
        Path dumps = (Files.isDirectory(TRACES) ? TRACES : FALLBACK).resolve(folder);
        assumeTrue(Files.isDirectory(dumps), "no recordings beside this checkout");
        List<JsonNode> cases = new ArrayList<>();
        new JsonMapper()
                .readTree(Files.readString(dumps.resolve("expected.json")))
                .forEach(cases::add);
        assertThat(cases).isNotEmpty();
        return cases.stream()
                .map(expected -> DynamicTest.dynamicTest(
                        expected.get("file").asText() + " at "
                                + expected.get("at").asText(),
                        () -> check(dumps, expected)));
    }

    private static void check(Path dumps, JsonNode expected) throws IOException {
        Dump dump = Dump.parse(
                "dump", Files.readString(dumps.resolve(expected.get("file").asText())));
        assertThat(dump.problems()).isEmpty();
        Target target = new Target(
                expected.get("namespace").asText(), expected.get("name").asText());
        ClusterState objects = dump.read(Instant.parse(expected.get("at").asText()));
        Observation observation = Observations.of(objects, Set.of(target));
        Diagnosis diagnosis = Diagnoser.diagnose(DiagnosisInput.onDump(
                observation.targets().get(target),
                observation.controllers(),
                OptionalInt.of(expected.get("wanted").asInt()),
                Checks.DEFAULT,
                observation.at()));
        assertThat(strings(expected.get("state"))).contains(diagnosis.state().word());
        if (!expected.get("cause").isNull()) {
            assertThat(diagnosis.causes().stream().map(Cause::word))
                    .contains(expected.get("cause").asText());
        }
        if (!expected.get("hop").isNull()) {
            assertThat(diagnosis.hop().map(Hop::word))
                    .contains(expected.get("hop").asText());
        }
        assertThat(diagnosis.notes().stream().map(Note::word).toList()).containsAll(strings(expected.get("notes")));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
