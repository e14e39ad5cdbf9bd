package io.tidewatch.definition.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.DesiredStates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A commit that defines more than a source may is told with file and line, and changes nothing of what is in force. */
class SourceSizeTest {

    private static final SourceSize.Most FEW = new SourceSize.Most(3, 10, 3, 4);
    private static final Instant NIGHT = Instant.parse("2026-11-22T14:30:00Z");
    private static final String GOOD = scaledObject("good") + schedule("good", 1);

    private final DefinitionReader reader = new DefinitionReader(Scope.ALL, FEW);

    static Stream<Arguments> tooMany() {
        return Stream.of(
                Arguments.of(repeated(4, i -> schedule("s" + i, 1)), 26, "more than 3 ScaleSchedules"),
                Arguments.of(schedule("s0", 5) + schedule("s1", 6), 10, "more than 10 windows"),
                Arguments.of(repeated(4, SourceSizeTest::calendar), 17, "more than 3 Calendars"),
                Arguments.of(repeated(5, i -> scaledObject("o" + i)), 22, "more than 4 Rollouts and ScaledObjects"));
    }

    @ParameterizedTest
    @MethodSource("tooMany")
    void theFirstDocumentPastALimitIsReportedAndNothingChanges(String text, int line, String says) {
        SourceDefinitions first = read("c1", Optional.empty(), Map.of("good.yaml", GOOD));
        assertThat(first.problems()).isEmpty();

        SourceDefinitions second = read("c2", Optional.of(first), Map.of("evil.yaml", text, "other.yaml", GOOD));

        assertThat(second.problems())
                .extracting(Problem::file, Problem::line, Problem::code)
                .containsExactly(tuple("evil.yaml", line, "source-too-large"));
        assertThat(second.problems().get(0).message())
                .contains(says, "what was in force before stays", "divide it among several sources");
        assertThat(second.hasErrors()).isTrue();
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(desired(second)).isEqualTo(7);
    }

    @Test
    void asMuchAsIsPermittedCounts() {
        String text =
                repeated(3, i -> scaledObject("o" + i) + schedule("o" + i, 3)) + repeated(3, SourceSizeTest::calendar);

        SourceDefinitions read = read("c1", Optional.empty(), Map.of("much.yaml", text));

        assertThat(read.problems()).filteredOn(Problem::isError).isEmpty();
        assertThat(read.schedules()).hasSize(3);
    }

    @Test
    void readingEndsAtTheLimitAndGoesOnOnceThereAreFewer() {
        SourceDefinitions first = read("c1", Optional.empty(), Map.of("good.yaml", GOOD));
        SortedMap<String, String> files = new TreeMap<>(Map.of("good.yaml", GOOD));
        IntStream.range(0, 100).forEach(i -> files.put("f" + i + ".yaml", scaledObject("f" + i)));
        int parsed = reader.parsed();

        SourceDefinitions second = read("c2", Optional.of(first), files);
        assertThat(reader.parsed()).isEqualTo(parsed + 5);
        assertThat(second.files()).isEqualTo(first.files());

        SourceDefinitions third = read("c3", Optional.of(second), Map.of("new.yaml", scaledObject("f1")));
        assertThat(third.problems()).isEmpty();
        assertThat(third.files()).containsOnlyKeys("new.yaml");
    }

    /** Each commit is small, but what it removed stays in force while there is an error: the sum is judged too. */
    @Test
    void whatStaysInForceBecauseOfErrorsIsCountedToo() {
        SourceDefinitions known = read("c0", Optional.empty(), Map.of("good.yaml", GOOD));
        for (int commit = 1; commit < 10; commit++) {
            String name = "n" + commit;
            SourceDefinitions next = read(
                    name,
                    Optional.of(known),
                    Map.of("broken.yaml", "kind: [", name + ".yaml", scaledObject(name) + schedule(name, 1)));
            assertThat(next.schedules()).hasSizeLessThanOrEqualTo(3);
            assertThat(next.files()).containsKey("good.yaml");
            known = next;
        }

        assertThat(known.files().values())
                .extracting(FileDefinitions::path)
                .containsExactly("good.yaml", "n1.yaml", "n2.yaml");
        assertThat(known.problems()).extracting(Problem::code).contains("source-too-large", "removal-waits");
        assertThat(known.problems())
                .filteredOn(problem -> problem.code().equals("source-too-large"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.file()).isEqualTo("n9.yaml");
                    assertThat(problem.line()).isEqualTo(7);
                    assertThat(problem.message()).contains("more than 3 ScaleSchedules", "fix the errors first");
                });
        assertThat(desired(known)).isEqualTo(7);
    }

    /** An error, so nothing that the source left on objects is taken back. */
    @Test
    void afterARestartNothingOfTheSourceIsInForceAndNothingIsRemoved() {
        SourceDefinitions read = read(
                "c1", Optional.empty(), Map.of("evil.yaml", repeated(4, i -> schedule("s" + i, 1)), "good.yaml", GOOD));

        assertThat(read.files()).isEmpty();
        assertThat(read.hasErrors()).isTrue();
    }

    /** As if the commit that was too large had never been: nothing was in force, so the history is asked. */
    @Test
    void afterThatABrokenFileIsStillFoundInTheHistory() {
        SourceDefinitions first =
                read("c1", Optional.empty(), Map.of("evil.yaml", repeated(4, i -> schedule("s" + i, 1))));
        assertThat(first.files()).isEmpty();
        PastTexts history =
                path -> path.equals("good.yaml") ? Stream.of(new PastTexts.PastText("c0", GOOD)) : Stream.empty();

        SourceDefinitions second =
                reader.read(checkout("c2", Map.of("good.yaml", "kind: [")), Optional.of(first), history);

        assertThat(second.hasErrors()).isTrue();
        assertThat(desired(second)).isEqualTo(7);
    }

    @Test
    void whatIsLeftOutForItsNamespaceIsNotCounted() {
        DefinitionReader narrow = new DefinitionReader(new Scope(Set.of("shop")), FEW);
        String others = repeated(20, i -> scaledObject("o" + i).replace("shop", "other"));

        SourceDefinitions read = narrow.read(
                checkout("c1", Map.of("a.yaml", others, "good.yaml", GOOD)), Optional.empty(), PastTexts.NONE);

        assertThat(read.problems()).extracting(Problem::code).doesNotContain("source-too-large");
        assertThat(desired(read)).isEqualTo(7);
    }

    @Test
    void validateReportsItAndAcceptsNothing() {
        DefinitionReader.Validation validation = reader.validate(
                checkout("c1", Map.of()).commit(),
                new TreeMap<>(Map.of("evil.yaml", repeated(4, i -> schedule("s" + i, 1)), "good.yaml", GOOD)));

        assertThat(validation.definitions().problems())
                .extracting(Problem::code)
                .containsExactly("source-too-large");
        assertThat(validation.windows().files()).isEmpty();
    }

    /** With the numbers that count outside of tests. */
    @Test
    void aScheduleMoreThanASourceMayHave() {
        int inFile = Limits.DOCUMENTS_IN_FILE / 2;
        SortedMap<String, String> files = new TreeMap<>();
        IntStream.range(0, 4)
                .forEach(f -> files.put("f" + f + ".yaml", repeated(inFile, i -> schedule("f" + f + "s" + i, 1))));
        files.put("g.yaml", schedule("last", 1));

        SourceDefinitions read = new DefinitionReader().read(checkout("c1", files), Optional.empty(), PastTexts.NONE);

        assertThat(read.problems())
                .extracting(Problem::file, Problem::line, Problem::code)
                .containsExactly(tuple("g.yaml", 2, "source-too-large"));
        assertThat(read.problems().get(0).message()).contains("more than 20,000 ScaleSchedules");
    }

    private SourceDefinitions read(String commit, Optional<SourceDefinitions> previous, Map<String, String> files) {
        return reader.read(checkout(commit, files), previous, PastTexts.NONE);
    }

    private static Checkout checkout(String id, Map<String, String> files) {
        return new Checkout(
                new Commit("shop", id, "Dana", Instant.EPOCH, "a commit"), new TreeMap<>(files), files.keySet());
    }

    /** The good target's minimum in its window. */
    private static int desired(SourceDefinitions read) {
        return DesiredStates.at(new Definitions(List.of(read)), NIGHT)
                .desired()
                .get(new Target("shop", "good"))
                .bounds()
                .min();
    }

    private static String repeated(int number, IntFunction<String> document) {
        return IntStream.range(0, number).mapToObj(document).collect(Collectors.joining());
    }

    private static String scaledObject(String name) {
        return """
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %1$s, namespace: shop}
                spec: {scaleTargetRef: {name: %1$s}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {}}]}
                """.formatted(name);
    }

    private static String schedule(String name, int windows) {
        return """
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: UTC
                  windows: [%2$s]
                """.formatted(
                name,
                IntStream.range(0, windows)
                        .mapToObj(i -> "{name: w" + i
                                + ", start: \"0 14 * * *\", end: \"0 15 * * *\", minReplicas: 7, priority: " + i + "}")
                        .collect(Collectors.joining(", ")));
    }

    private static String calendar(int number) {
        return """
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: Calendar
                metadata: {name: c%d, namespace: shop}
                spec: {yearly: [12-25]}
                """.formatted(number);
    }
}
