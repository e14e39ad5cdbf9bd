package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Checkout;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import io.tidewatch.model.Target;
import io.tidewatch.schedule.Agendas;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody can commit to make reading a source, or asking its schedules, take for ever. Each is answered in bounded
 * work: with a problem that names file and line, in words, while the good file beside it counts. The timeout is a net for a
 * reader that hangs, not a claim about time.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDefinitionsTest {

    private static final String GOOD = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: good, namespace: shop}
            spec: {scaleTargetRef: {name: good}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu}]}
            ---
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: good, namespace: shop}
            spec:
              scaledObjectRef: {name: good}
              timeZone: Asia/Seoul
              windows: [{name: night, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
            """;
    private static final Instant NIGHT = Instant.parse("2026-11-22T14:30:00Z");
    private static final int LONGEST_MESSAGE = 600;

    /**
     * @param code of the problem that must be told
     * @param line of it
     * @param says part of its message
     */
    private record Hostile(String name, SortedMap<String, String> files, String code, int line, String says) {

        static Hostile yaml(String name, String text, String code, int line, String says) {
            return new Hostile(name, new TreeMap<>(Map.of("evil.yaml", text)), code, line, says);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> texts() {
        String digits = "1".repeat(1_000_000);
        return Stream.of(
                Hostile.yaml("a million digits", scaledObject("minReplicaCount: " + digits), "wrong-type", 4, "111…"),
                Hostile.yaml(
                        "a million hexadecimal digits",
                        scaledObject("minReplicaCount: 0x" + digits),
                        "wrong-type",
                        4,
                        "(1,000,002 characters)"),
                Hostile.yaml(
                        "a million digits as an integer by its tag",
                        scaledObject("minReplicaCount: !!int " + digits),
                        "wrong-tag",
                        4,
                        "!!int"),
                Hostile.yaml(
                        "21 digits",
                        scaledObject("minReplicaCount: " + "1".repeat(21)),
                        "wrong-type",
                        4,
                        "1".repeat(21)),
                quantity("1e10000000"),
                quantity("1e99999999999"),
                quantity("1e999999999"),
                quantity("1e-999999999"),
                quantity("1e2147483647"),
                quantity("1E100"),
                quantity(digits),
                quantity("0." + digits),
                quantity(digits + "Ki"),
                window("a duration of a million digits", "start: \"0 1 * * *\", duration: " + digits + "s", "too-long"),
                window("a duration of 200 kB", "start: \"0 1 * * *\", duration: " + "1h".repeat(100_000), "too-long"),
                window(
                        "a duration of 400 parts",
                        "start: \"0 1 * * *\", duration: " + "1h".repeat(400),
                        "wrong-duration"),
                window(
                        "a duration of 900 digits",
                        "start: \"0 1 * * *\", duration: " + "1".repeat(900) + "h",
                        "wrong-duration"),
                window(
                        "a time of 20,000 T",
                        "from: \"" + "T".repeat(20_000) + "\", until: 2026-12-26T02:00",
                        "too-long"),
                window(
                        "a time of 1,000 T",
                        "from: \"" + "T".repeat(1_000) + "\", until: 2026-12-26T02:00",
                        "wrong-time"),
                window("a year of nine digits", "from: +999999999-01-01T00:00, until: 2026-12-26T02:00", "wrong-time"),
                window(
                        "a cron of a megabyte",
                        "start: \"" + "1,".repeat(500_000) + " * * * *\", duration: 1h",
                        "too-long"),
                window(
                        "a cron of 490 numbers",
                        "start: \"" + "1,".repeat(490) + "x * * * *\", duration: 1h",
                        "wrong-cron"),
                window("a long priority", "start: \"0 1 * * *\", duration: 1h, priority: 2000000000", "out-of-range"),
                window(
                        "a share of a megabyte",
                        "start: \"0 1 * * *\", duration: 1h, minReplicas: \"" + digits + "%\"",
                        "too-long"),
                Hostile.yaml(
                        "a zone of 100,000 letters", zone("x".repeat(100_000)), "too-long", 6, "(100,000 characters)"),
                Hostile.yaml("a zone of 900 letters", zone("x".repeat(900)), "unknown-zone", 6, "(900 characters)"),
                Hostile.yaml("201 windows", schedule(windows(201)), "too-many", 7, "201 items"),
                Hostile.yaml("10,000 windows", schedule(windows(10_000)), "too-many", 7, "10,000 items"),
                Hostile.yaml(
                        "21 receivers",
                        schedule("[]") + "  alerts: {receivers: [" + "a, ".repeat(21) + "]}\n",
                        "too-many",
                        8,
                        "21 items"),
                Hostile.yaml(
                        "40,000 remedies",
                        schedule("[]") + "  remedies: [" + "{type: NudgeReplicaSets}, ".repeat(40_000) + "]\n",
                        "too-many",
                        8,
                        "40,000 items"),
                Hostile.yaml(
                        "6,000 dates",
                        calendar("dates: [" + "2026-01-01, ".repeat(6_000) + "]"),
                        "too-many",
                        4,
                        "6,000"),
                Hostile.yaml(
                        "a range of millennia",
                        calendar("dates: [{from: 1970-01-01, to: +999999999-12-31}]"),
                        "wrong-date",
                        4,
                        "1970 to 2199"),
                Hostile.yaml(
                        "400,000 documents", "---\na: 1\n".repeat(400_000), "too-many", 20_001, "400,000 documents"),
                Hostile.yaml("nesting", "a: " + "[".repeat(100_000), "too-deep", 1, "100 levels"),
                Hostile.yaml("nested objects", "a: " + "{a: ".repeat(100_000), "too-deep", 1, "100 levels"),
                Hostile.yaml(
                        "nested blocks",
                        IntStream.range(0, 1_000)
                                .mapToObj(i -> " ".repeat(i) + "a:\n")
                                .collect(Collectors.joining()),
                        "too-deep",
                        100,
                        "100 levels"),
                Hostile.yaml(
                        "a key of a megabyte over 10,000 fields",
                        schedule("[]") + "  ? " + "k".repeat(1_000_000) + "\n  : {" + fields(10_000) + "}\n",
                        "unknown-field",
                        8,
                        "no such field"),
                Hostile.yaml(
                        "an alias of a megabyte", "a: *" + "k".repeat(1_000_000) + "\n", "unknown-alias", 1, "kkk…"),
                Hostile.yaml(
                        "1,000 labels to select by",
                        schedule("[]")
                                .replace(
                                        "scaledObjectRef: {name: evil}",
                                        "scaledObjectSelector: {matchLabels: {" + fields(1_000) + "}}"),
                        "too-many",
                        5,
                        "1000 labels"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isAnsweredInWordsWithFileAndLineWhileTheGoodFileCounts(Hostile hostile) {
        SortedMap<String, String> files = new TreeMap<>(hostile.files());
        files.put("good.yaml", GOOD);
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");

        SourceDefinitions read = new DefinitionReader()
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE);

        assertThat(read.problems())
                .filteredOn(problem -> problem.code().equals(hostile.code()) && problem.line() == hostile.line())
                .as("of %s", read.problems().stream().limit(5).toList())
                .anySatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo("evil.yaml");
                    assertThat(problem.message()).contains(hostile.says());
                });
        assertThat(read.problems()).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("evil.yaml");
            assertThat(problem.message()).hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(problem.path()).hasSizeLessThan(LONGEST_MESSAGE);
        });
        assertThat(read.files()).containsOnlyKeys("good.yaml");
        assertThat(read.problems()).anyMatch(Problem::isError);
        assertThat(Agendas.at(new Definitions(List.of(read)), NIGHT)
                        .wanted()
                        .get(new Target("shop", "good"))
                        .bounds()
                        .min())
                .isEqualTo(7);
    }

    private static Hostile quantity(String written) {
        String text = """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: evil, namespace: shop}
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          resources: {limits: {cpu: "%s"}}
                """.formatted(written);
        return Hostile.yaml("the quantity " + Quoted.cut(written), text, "out-of-range", 9, "is no quantity in use");
    }

    private static Hostile window(String name, String fields, String code) {
        String minimum = fields.contains("minReplicas") ? "" : ", minReplicas: 7";
        return Hostile.yaml(name, schedule("[{name: w, " + fields + minimum + "}]"), code, 7, "");
    }

    private static String scaledObject(String field) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: evil, namespace: shop}
                spec: {scaleTargetRef: {name: evil}, %s, triggers: [{type: cpu}]}
                """.formatted(field);
    }

    private static String schedule(String windows) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: evil, namespace: shop}
                spec:
                  scaledObjectRef: {name: evil}
                  timeZone: Asia/Seoul
                  windows: %s
                """.formatted(windows);
    }

    private static String zone(String zone) {
        return schedule("[]").replace("Asia/Seoul", zone);
    }

    private static String windows(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{name: w" + i + ", start: \"0 1 * * *\", duration: 1h, minReplicas: 7, leadTime: 24h}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String calendar(String fields) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: Calendar
                metadata: {name: evil, namespace: shop}
                spec: {%s}
                """.formatted(fields);
    }

    private static String fields(int number) {
        return IntStream.range(0, number).mapToObj(i -> "f" + i + ": a").collect(Collectors.joining(", "));
    }
}
