package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table "Which kind shows what" of docs/diagnosis.md: each cell names a golden dump of that kind, or says that there can be none. */
class KindsOfTargetsTest {

    private static final String NONE = "–";
    private static final List<String> COLUMNS = List.of("Rollout", "Deployment", "StatefulSet", "another kind");

    /** What no workload of the kind can show, for the reasons below the table. */
    private static final Map<String, Set<String>> IMPOSSIBLE = Map.of(
            "Rollout",
            Set.of("WorkloadControllerNotFollowing", "OrdinalBlocked"),
            "Deployment",
            Set.of(
                    "ConvergedAborted",
                    "StaleStatus",
                    "StaleReplicaSetCache",
                    "RolloutsControllerNotFollowing",
                    "RolloutPaused",
                    "InconclusiveAnalysis",
                    "InvalidSpec",
                    "EvictionBlocked",
                    "OrdinalBlocked"),
            "StatefulSet",
            Set.of(
                    "ConvergedAborted",
                    "ConvergedPaused",
                    "StaleStatus",
                    "StaleReplicaSetCache",
                    "RolloutsControllerNotFollowing",
                    "RolloutPaused",
                    "InconclusiveAnalysis",
                    "InvalidSpec",
                    "EvictionBlocked"));

    @TestFactory
    Stream<DynamicTest> eachStateAndCauseIsShownOnEachKindOrCannotBe() throws IOException {
        Map<String, List<String>> rows = rows();
        Map<String, List<GoldenDump>> golden =
                GoldenDump.all().stream().collect(Collectors.groupingBy(GoldenDump::file));
        return words().map(word -> DynamicTest.dynamicTest(word, () -> {
            List<String> cells = rows.get(word);
            assertThat(cells).as("the row of " + word).isNotNull().hasSize(COLUMNS.size());
            for (int i = 0; i < COLUMNS.size(); i++) {
                check(word, COLUMNS.get(i), cells.get(i), golden);
            }
        }));
    }

    private static void check(String word, String kind, String cell, Map<String, List<GoldenDump>> golden) {
        if (cell.equals(NONE)) {
            assertThat(IMPOSSIBLE.getOrDefault(kind, Set.of(word)))
                    .as(kind + " without a case")
                    .contains(word);
            return;
        }
        for (String name : cell.split(", ")) {
            assertThat(golden).as(name).containsKey(name);
            assertThat(golden.get(name))
                    .as(name + " shows " + word + " on " + kind)
                    .anySatisfy(dump -> {
                        assertThat(kindOf(dump)).isEqualTo(kind);
                        GoldenDump.Answer answer = dump.ask();
                        assertThat(Stream.concat(
                                        Stream.of(answer.diagnosis().state().word()),
                                        answer.diagnosis().cause().map(Cause::word).stream()))
                                .contains(word);
                    });
        }
    }

    private static String kindOf(GoldenDump dump) {
        Target target = dump.target();
        WorkloadKind kind = Observations.of(
                        new Dump(dump.objects(), List.of()).read(Instant.EPOCH.plusSeconds(1)), Set.of(target))
                .targets()
                .get(target)
                .workloadKind();
        return Workload.FOLLOWED.contains(kind) ? kind.name() : "another kind";
    }

    private static Stream<String> words() {
        return Stream.concat(
                Arrays.stream(State.values()).map(State::word),
                Arrays.stream(Cause.values())
                        .filter(cause -> cause != Cause.INTERNAL_ERROR)
                        .map(Cause::word));
    }

    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(Path.of("docs/diagnosis.md"));
        lines.subList(lines.indexOf("### Which kind shows what") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .forEach(cells -> rows.put(
                        cells[0].replace("`", ""),
                        Stream.of(cells)
                                .skip(1)
                                .map(cell -> cell.replace("*", "").strip())
                                .toList()));
        return rows;
    }
}
