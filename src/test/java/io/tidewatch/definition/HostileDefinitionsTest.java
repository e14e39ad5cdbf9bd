package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.DesiredStates;
import io.tidewatch.yaml.Quoted;
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
            spec: {scaleTargetRef: {name: good}, minReplicaCount: 5, maxReplicaCount: 20, triggers: [{type: cpu, metadata: {}}]}
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
    record Hostile(String name, SortedMap<String, String> files, String code, int line, String says) {

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
                        "a start each minute twice",
                        schedule(each("* * * * *", 2)),
                        "too-many",
                        7,
                        "2,880 times a day"),
                Hostile.yaml(
                        "leads over 600 starts",
                        schedule(each("0 */8 * * *", 200).replace("7}", "7, leadTime: 24h}")),
                        "too-many",
                        7,
                        "600 times a day"),
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
                        "unknown field"),
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

    static Stream<Hostile> calendars() {
        String daily = "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\n";
        return Stream.of(
                ics(
                        "two daily events of 30 kB",
                        "too-many",
                        "50,000",
                        event(daily + "SUMMARY:" + "s".repeat(30_000)),
                        event(daily)),
                ics(
                        "a zone that changes every second from the year 1 on",
                        "wrong-event",
                        "line 8: RRULE of a time zone is not FREQ=YEARLY",
                        zoneOf("FREQ=SECONDLY"),
                        event("DTSTART;TZID=Evil:20260101T000000")),
                ics(
                        "a zone by the day",
                        "wrong-event",
                        "line 8",
                        zoneOf("FREQ=DAILY"),
                        event("DTSTART;TZID=Evil:20260101T000000")),
                ics(
                        "a zone that changes every second of a year",
                        "wrong-event",
                        "BYSECOND",
                        zoneOf("FREQ=YEARLY;BYSECOND=" + numbers(60)),
                        event("DTSTART;TZID=Evil:20260101T000000")),
                ics(
                        "a rule of a zone folded and in lower case",
                        "wrong-event",
                        "line 8",
                        zoneOf("freq=sec\n ondly"),
                        event("DTSTART;TZID=Evil:20260101T000000")),
                ics(
                        "a rule of a zone in another coding",
                        "wrong-event",
                        "time zone",
                        zoneOf("FREQ=SECONDLY")
                                .replace("RRULE:", "RRULE;ENCODING=QUOTED-PRINTABLE:")
                                .replace("=S", "=3DS"),
                        event("DTSTART;TZID=Evil:20260101T000000")),
                ics(
                        "200 events every second",
                        "wrong-event",
                        "SECONDLY",
                        events(200, "DTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY")),
                ics("2,000 daily events without end", "too-many", "50,000", events(2_000, daily)),
                ics("6,000 events", "wrong-event", "5,000 events", events(6_000, "DTSTART:20260101T000000Z")),
                ics(
                        "20,000 events of one UID that replace others",
                        "too-many",
                        "1 MiB",
                        events(20_000, "UID:1\nRECURRENCE-ID:20260101T000000Z\nDTSTART:20260101T000000Z")),
                ics(
                        "every second of a day",
                        "wrong-event",
                        "BYSECOND",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;BYHOUR=" + numbers(24) + ";BYMINUTE="
                                + numbers(60) + ";BYSECOND=" + numbers(60))),
                ics(
                        "the last second of each year",
                        "wrong-event",
                        "BYSECOND",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=YEARLY;BYSETPOS=-1;BYHOUR=" + numbers(24)
                                + ";BYMINUTE=" + numbers(60) + ";BYSECOND=" + numbers(60))),
                ics(
                        "an interval of nothing",
                        "wrong-event",
                        "INTERVAL",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;INTERVAL=0")),
                ics(
                        "an interval beyond all years",
                        "wrong-event",
                        "INTERVAL",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=YEARLY;INTERVAL=2147483647")),
                ics(
                        "a month 13",
                        "wrong-event",
                        "BYMONTH",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=13")),
                ics(
                        "a count of millions",
                        "too-many",
                        "50,000",
                        event("DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;COUNT=2000000000")),
                ics(
                        "daily since the year 1",
                        "too-many",
                        "50,000",
                        event("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY")),
                ics(
                        "5,000 rules that never match",
                        "too-many",
                        "20,000,000 days",
                        events(5_000, "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")),
                ics(
                        "55,000 dates",
                        "too-many",
                        "50,000",
                        event("DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:" + "20260102,".repeat(55_000)
                                + "20260103")),
                ics(
                        "two megabytes",
                        "too-many",
                        "1 MiB",
                        event("DTSTART;VALUE=DATE:20260101\nX-A:" + "a".repeat(2 << 20))),
                ics(
                        "nested components",
                        "wrong-event",
                        "10 levels deep",
                        "BEGIN:VEVENT\n".repeat(30_000) + "DTSTART;VALUE=DATE:20260101\n"
                                + "END:VEVENT\n".repeat(30_000)),
                ics(
                        "1,000 time zones",
                        "wrong-event",
                        "STANDARD and DAYLIGHT",
                        IntStream.range(0, 1_000)
                                .mapToObj(i -> zoneOf("FREQ=YEARLY").replace("Evil", "E" + i))
                                .collect(Collectors.joining())));
    }

    /** Much, and nothing wrong with it: it is read. */
    static Stream<Hostile> permitted() {
        return Stream.of(
                ics(
                        "a summary of a megabyte",
                        "",
                        "",
                        event("DTSTART;VALUE=DATE:20260101\nSUMMARY:" + "s".repeat(1_000_000))),
                ics(
                        "folded lines without end",
                        "",
                        "",
                        event("DTSTART;VALUE=DATE:20260101\nSUMMARY:s" + "\n s".repeat(300_000))),
                ics(
                        "2,500 events and 2,500 that replace them, of one UID",
                        "",
                        "",
                        events(2_500, "UID:1\nDTSTART;VALUE=DATE:20260101"),
                        events(2_500, "UID:1\nRECURRENCE-ID;VALUE=DATE:20260105\nDTSTART;VALUE=DATE:20260101")),
                ics(
                        "5,000 events of centuries",
                        "",
                        "",
                        events(5_000, "DTSTART;VALUE=DATE:19700101\nDTEND;VALUE=DATE:99991231")),
                ics(
                        "a zone as Outlook writes it",
                        "",
                        "",
                        zoneOf("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10").replace("00010101", "16010101"),
                        event(
                                "DTSTART;TZID=Evil:20260101T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20301231T000000Z")));
    }

    @ParameterizedTest
    @MethodSource("permitted")
    void whatIsPermittedIsReadHoweverMuchItIs(Hostile much) {
        SourceDefinitions read = read(much.files());

        assertThat(read.problems()).isEmpty();
        assertThat(read.files()).containsOnlyKeys("evil.yaml", "good.yaml");
        assertThat(desired(read)).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource({"texts", "calendars"})
    void isAnsweredInWordsWithFileAndLineWhileTheGoodFileCounts(Hostile hostile) {
        SourceDefinitions read = read(hostile.files());
        assertThat(read.problems())
                .filteredOn(problem -> problem.code().equals(hostile.code()) && problem.line() == hostile.line())
                .as("of %s", read.problems().stream().limit(5).toList())
                .anySatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo("evil.yaml");
                    assertThat(problem.message()).contains(hostile.says());
                });
        assertThat(read.problems()).hasSizeLessThanOrEqualTo(21).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("evil.yaml");
            assertThat(problem.message()).hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(problem.path()).hasSizeLessThan(LONGEST_MESSAGE);
        });
        assertThat(read.files()).containsOnlyKeys("good.yaml");
        assertThat(read.problems()).anyMatch(Problem::isError);
        assertThat(desired(read)).isEqualTo(7);
    }

    private static SourceDefinitions read(SortedMap<String, String> evil) {
        SortedMap<String, String> files = new TreeMap<>(evil);
        files.put("good.yaml", GOOD);
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");
        return new DefinitionReader()
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE);
    }

    /** The good target's minimum in its window. */
    private static int desired(SourceDefinitions read) {
        return DesiredStates.at(new Definitions(List.of(read)), NIGHT)
                .desired()
                .get(new Target("shop", "good"))
                .bounds()
                .min();
    }

    private static Hostile ics(String name, String code, String says, String... parts) {
        String text =
                "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//by hand//EN\n" + String.join("", parts) + "END:VCALENDAR\n";
        return new Hostile(
                name,
                new TreeMap<>(Map.of("evil.yaml", calendar("icsFile: evil.ics"), "evil.ics", text)),
                code,
                4,
                says);
    }

    private static String event(String lines) {
        return "BEGIN:VEVENT\n" + lines + "\nEND:VEVENT\n";
    }

    private static String events(int number, String lines) {
        return IntStream.range(0, number)
                .mapToObj(i -> event("SUMMARY:" + i + "\n" + lines))
                .collect(Collectors.joining());
    }

    private static String zoneOf(String rule) {
        return "BEGIN:VTIMEZONE\nTZID:Evil\nBEGIN:STANDARD\nDTSTART:00010101T000000\nRRULE:" + rule
                + "\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n";
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(","));
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
                spec: {scaleTargetRef: {name: evil}, %s, triggers: [{type: cpu, metadata: {}}]}
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

    private static String each(String start, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{name: w" + i + ", start: \"" + start + "\", duration: 1m, minReplicas: 7}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String fieldLines(int number) {
        return IntStream.range(0, number).mapToObj(i -> "  f" + i + ": 1\n").collect(Collectors.joining());
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
