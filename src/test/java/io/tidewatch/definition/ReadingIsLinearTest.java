package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.definition.check.Catalog;
import io.tidewatch.definition.check.CrossChecks;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.read.OtherFiles;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.yaml.FileProblems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Counted in what is looked at and in what is parsed, not in time. */
class ReadingIsLinearTest {

    private static final int TARGETS = 500;

    /** Before, each schedule that selects looked at every ScaledObject of its namespace, each Rollout at all there are. */
    @Test
    void fourTimesAsManySelectingSchedulesCompareFourTimesAsMuch() {
        assertThat(compared(4 * TARGETS)).isEqualTo(4 * compared(TARGETS));
    }

    /** Before, as many as there are schedules times ScaledObjects were looked at, and judged. */
    @Test
    void schedulesThatAllSelectEverythingCompareABoundedNumberAndCheckEachTargetOnce() {
        int number = 2_000;
        SourceDefinitions read =
                new DefinitionReader().read(checkout("c1", everySelectsAll(number)), Optional.empty(), PastTexts.NONE);
        assertThat(read.schedules()).hasSize(1);
        assertThat(read.problems())
                .extracting(Problem::file, Problem::line, Problem::path, Problem::code)
                .contains(tuple("b-schedule-1.yaml", 4, "spec.scaledObjectSelector.matchLabels", "second-schedule"));

        SortedMap<String, ReadFile> files = new TreeMap<>();
        everySelectsAll(number)
                .forEach((path, text) -> files.put(
                        path,
                        ReadFile.of(
                                "shop",
                                path,
                                "c1",
                                text,
                                new OtherFiles(new TreeMap<>(), false),
                                Schemas.NEWEST,
                                Set.of())));
        Catalog catalog = new Catalog(List.of(), files.values());
        CrossChecks checks = new CrossChecks(catalog, Scope.ALL);
        List<FileProblems> found = files.values().stream().map(checks::check).toList();

        assertThat(catalog.compared()).isLessThanOrEqualTo(2L * (Limits.SELECTED_IN_SOURCE + number));
        assertThat(files.values().stream()
                        .flatMap(file -> file.definitions().schedules().stream())
                        .mapToInt(schedule -> catalog.concerns(schedule).size())
                        .sum())
                .isLessThanOrEqualTo(2 * number);
        assertThat(found.stream().flatMap(FileProblems::kept))
                .filteredOn(problem -> problem.code().equals("too-many"))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.file()).startsWith("b-schedule-");
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.path()).isEqualTo("spec.scaledObjectSelector.matchLabels");
                    assertThat(problem.message()).contains("more than 1,000,000 ScaledObjects", "select by a label");
                });
    }

    /** Old schedules beside new ScaledObjects: neither commit selects too much by itself. */
    @Test
    void whatStaysInForceBecauseOfErrorsMayNotSelectTooMuchEither() {
        SortedMap<String, String> schedules = everySelectsAll(2_000);
        SortedMap<String, String> objects = new TreeMap<>(schedules);
        schedules.keySet().removeIf(path -> path.startsWith("a-"));
        objects.keySet().removeIf(path -> path.startsWith("b-"));
        DefinitionReader reader = new DefinitionReader();
        SourceDefinitions first = reader.read(checkout("c1", schedules), Optional.empty(), PastTexts.NONE);
        assertThat(first.schedules()).hasSize(2_000);
        schedules.keySet().forEach(path -> objects.put(path, "kind: ["));

        SourceDefinitions second = reader.read(checkout("c2", objects), Optional.of(first), PastTexts.NONE);

        assertThat(second.files()).isEqualTo(first.files());
        assertThat(second.problems())
                .filteredOn(problem -> problem.code().equals("source-too-large"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("more than 1,000,000 ScaledObjects to compare with its selectors"));
    }

    private static SortedMap<String, String> everySelectsAll(int number) {
        SortedMap<String, String> files = new TreeMap<>();
        for (int i = 0; i < number; i++) {
            files.put("a-object-" + i + ".yaml", """
                    apiVersion: keda.sh/v1alpha1
                    kind: ScaledObject
                    metadata: {name: svc-%1$d, namespace: shop, labels: {tier: web}}
                    spec: {scaleTargetRef: {name: svc-%1$d}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {}}]}
                    """.formatted(i));
            files.put("b-schedule-" + i + ".yaml", """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: all-%1$d, namespace: shop}
                    spec: {scaledObjectSelector: {matchLabels: {tier: web}}, timeZone: Asia/Seoul, baseline: {minReplicas: 5},
                      windows: [{name: night, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]}
                    """.formatted(i));
        }
        return files;
    }

    @Test
    void aCommitThatChangesOneFileParsesOneFile() {
        DefinitionReader reader = new DefinitionReader();
        SortedMap<String, String> files = files(TARGETS);
        SourceDefinitions first = reader.read(checkout("c1", files), Optional.empty(), PastTexts.NONE);
        assertThat(reader.parsed()).isEqualTo(TARGETS);

        files.put("svc-7.yaml", files.get("svc-7.yaml").replace("minReplicaCount: 5", "minReplicaCount: 6"));
        SourceDefinitions second = reader.read(checkout("c2", files), Optional.of(first), PastTexts.NONE);

        assertThat(reader.parsed()).isEqualTo(TARGETS + 1);
        assertThat(second.problems()).isEmpty();
        assertThat(second.files().values()).extracting(FileDefinitions::commit).containsOnly("c2");
        assertThat(second)
                .isEqualTo(new DefinitionReader().read(checkout("c2", files), Optional.of(first), PastTexts.NONE));
    }

    /** What is wrong with an unchanged file because of another one is told with its line all the same. */
    @Test
    void aFileThatIsNotParsedAgainIsBlamedOnTheRightLine() {
        DefinitionReader reader = new DefinitionReader();
        SortedMap<String, String> files = files(3);
        String both = files.get("svc-1.yaml");
        files.put("svc-1.yaml", both.substring(0, both.indexOf("---")));
        files.put("svc-1-schedule.yaml", both.substring(both.indexOf("---")));
        SourceDefinitions first = reader.read(checkout("c1", files), Optional.empty(), PastTexts.NONE);
        assertThat(first.problems()).isEmpty();
        int parsed = reader.parsed();

        files.put("svc-1.yaml", files.get("svc-1.yaml").replace("maxReplicaCount: 20", "maxReplicaCount: 6"));
        SourceDefinitions second = reader.read(checkout("c2", files), Optional.of(first), PastTexts.NONE);

        assertThat(reader.parsed()).isEqualTo(parsed + 1);
        assertThat(second.problems())
                .extracting(Problem::file, Problem::line, Problem::code)
                .containsExactly(tuple("svc-1-schedule.yaml", 8, "min-above-max"));
    }

    /** A calendar says what its file says, so it is read anew, whatever its own text. */
    @Test
    void aCalendarFollowsItsFile() {
        DefinitionReader reader = new DefinitionReader();
        SortedMap<String, String> files = new TreeMap<>();
        files.put(
                "a.yaml",
                "apiVersion: tidewatch.io/v1alpha1\nkind: Calendar\nmetadata: {name: a}\nspec: {icsFile: a.ics}\n");
        files.put("a.ics", ics("20261225"));
        SourceDefinitions first = reader.read(checkout("c1", files), Optional.empty(), PastTexts.NONE);
        files.put("a.ics", ics("20261226"));
        SourceDefinitions second = reader.read(checkout("c2", files), Optional.of(first), PastTexts.NONE);

        assertThat(first.problems()).isEmpty();
        assertThat(second.calendars()).isNotEqualTo(first.calendars());
    }

    private static String ics(String date) {
        return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:" + date + "\nEND:VEVENT\nEND:VCALENDAR\n";
    }

    private static long compared(int targets) {
        SourceDefinitions read =
                new DefinitionReader().read(checkout("c1", files(targets)), Optional.empty(), PastTexts.NONE);
        assertThat(read.problems()).isEmpty();
        Catalog catalog = new Catalog(read.files().values(), List.of());
        read.schedules()
                .forEach(schedule -> assertThat(catalog.targets(schedule)).hasSize(1));
        read.manifests().stream().map(Manifest::key).forEach(catalog::scalerOf);
        return catalog.compared();
    }

    private static SortedMap<String, String> files(int targets) {
        SortedMap<String, String> files = new TreeMap<>();
        for (int i = 0; i < targets; i++) {
            files.put("svc-" + i + ".yaml", """
                    apiVersion: keda.sh/v1alpha1
                    kind: ScaledObject
                    metadata: {name: svc-%1$d, namespace: shop, labels: {app: svc-%1$d, tier: web}}
                    spec: {scaleTargetRef: {name: svc-%1$d}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {}}]}
                    ---
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: svc-%1$d, namespace: shop}
                    spec:
                      scaledObjectSelector: {matchLabels: {tier: web, app: svc-%1$d}}
                      timeZone: Asia/Seoul
                      windows: [{name: night, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
                    """.formatted(i));
        }
        return files;
    }

    private static Checkout checkout(String commit, SortedMap<String, String> files) {
        return new Checkout(new Commit("shop", commit, "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
    }
}
