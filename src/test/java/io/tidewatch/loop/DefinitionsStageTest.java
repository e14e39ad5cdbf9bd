package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.definition.schema.UnknownFields;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefinitionsStageTest {

    private static final int CALENDARS = 1_000;

    private final List<String> said = new ArrayList<>();

    private Consumer<Checkout> begins = checkout -> {};

    private final DefinitionsStage stage = new DefinitionsStage(
            new LinkedHashMap<>(new TreeMap<>(Map.of("a", Scope.ALL, "b", Scope.ALL))),
            Schemas.NEWEST,
            source -> PastTexts.NONE,
            new CommitListener() {
                @Override
                public void beforeReading(Checkout commit) {
                    begins.accept(commit);
                }

                @Override
                public void inForce(SourceDefinitions read, List<Problem> problems) {
                    problems.stream().map(Problem::code).forEach(code -> said.add(read.source() + " " + code));
                }
            });

    /** Whichever moves last would win otherwise, and the two would take turns with each commit. */
    @Test
    void sourcesKeepTheOrderInWhichTheyAreConfigured() {
        stage.keep(stage.read(checkout("b")));
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        assertThat(stage.current().sources())
                .extracting(SourceDefinitions::source)
                .containsExactly("a", "b");
    }

    @Test
    void aTargetThatTwoSourcesScheduleIsAProblemOfTheSourceThatIsRead() {
        stage.keep(stage.read(checkout("b")));
        assertThat(said).isEmpty();
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        assertThat(said).containsExactly("a second-schedule", "b second-schedule");
    }

    /** One source that could not be compiled ended every pass of all others. */
    @Test
    void whatEscapesTheReadingOfOneSourceChangesNothingOfAny() {
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        CompiledDefinitions before = stage.compiled();
        begins = checkout -> {
            throw new StackOverflowError();
        };

        assertThatThrownBy(() -> stage.read(checkout("b"))).isInstanceOf(StackOverflowError.class);

        assertThat(stage.compiled()).isSameAs(before);
    }

    /** The thread of a pull that was given up may come back long after another one has read more. */
    @Test
    void aReadingThatWasOvertakenIsDropped() {
        DefinitionsStage.CompiledSource late = stage.read(checkout("a"));
        DefinitionsStage.CompiledSource newer = stage.read(checkout("a"));
        stage.keep(newer);
        CompiledDefinitions before = stage.compiled();

        stage.keep(late);

        assertThat(stage.compiled()).isSameAs(before);
    }

    @Test
    void aSourceThatDefinesTooMuchKeepsWhatItHadAndOthersNoticeNothing() {
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        said.clear();
        List<SourceDefinitions> before = stage.current().sources();
        SortedMap<String, String> files = new TreeMap<>();
        for (int file = 0; file < Limits.CALENDARS_IN_SOURCE / CALENDARS; file++) {
            files.put("f" + file + ".yaml", calendars("f" + file, CALENDARS));
        }
        files.put("last.yaml", calendars("last", 1));

        stage.keep(stage.read(checkout("b", files)));

        List<SourceDefinitions> after = stage.current().sources();
        assertThat(after.get(0)).isSameAs(before.get(0));
        assertThat(after.get(1).files()).isEqualTo(before.get(1).files());
        assertThat(after.get(1).hasErrors()).isTrue();
        assertThat(said).contains("b source-too-large").noneMatch(line -> line.startsWith("a "));
    }

    /** With the setting of the configuration; without it the file would not come into force. */
    @Test
    void aFieldOfANewerControllerIsAWarningIfTheSettingSaysSo() {
        Checkout newer = checkout("a", Map.of("a.yaml", """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {scaleTargetRef: {name: checkout}, shard: blue, triggers: [{type: cron, metadata: {}}]}
                """));

        assertThat(stage(Schemas.NEWEST).read(newer).definitions().manifests()).isEmpty();
        assertThat(stage(Schemas.NEWEST.with(UnknownFields.WARN))
                        .read(newer)
                        .definitions()
                        .manifests())
                .hasSize(1);
    }

    private static DefinitionsStage stage(Schemas schemas) {
        return new DefinitionsStage(Map.of("a", Scope.ALL), schemas, source -> PastTexts.NONE, new CommitListener() {
            @Override
            public void beforeReading(Checkout commit) {
                assertThat(commit.files()).hasSize(1);
            }

            @Override
            public void inForce(SourceDefinitions read, List<Problem> problems) {
                throw new AssertionError("nothing is put in force here");
            }
        });
    }

    private static String calendars(String name, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "---\napiVersion: tidewatch.io/v1alpha1\nkind: Calendar\nmetadata: {name: " + name + "-"
                        + i + ", namespace: shop}\nspec: {yearly: [12-25]}\n")
                .collect(Collectors.joining());
    }

    private static Checkout checkout(String source) {
        String text = """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {scaleTargetRef: {name: checkout}, minReplicaCount: 5, triggers: [{type: cpu, metadata: {value: "60"}}]}
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  windows:
                    - {name: night, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
                """;
        return checkout(source, Map.of("all.yaml", text));
    }

    private static Checkout checkout(String source, Map<String, String> files) {
        return new Checkout(
                new Commit(source, "c1", "Dana", Instant.EPOCH, "night"), new TreeMap<>(files), files.keySet());
    }
}
