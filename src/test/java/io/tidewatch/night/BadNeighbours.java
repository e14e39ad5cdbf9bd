package io.tidewatch.night;

import static io.tidewatch.night.Neighbourhood.EVIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The neighbours that were seen to silence others, and some of their kind. */
final class BadNeighbours {

    private static final String NOTHING = "# nothing\n";

    private BadNeighbours() {}

    /** Neighbours whose trouble comes from one place. */
    record Kind(String name, List<BadNeighbour> neighbours) {

        /** Those whose name matches. */
        Kind only(String pattern) {
            return new Kind(
                    name,
                    neighbours.stream()
                            .filter(neighbour -> neighbour.what().matches(pattern))
                            .toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Repositories late, for after a commit that cannot be read nothing else of that source is; the disk takes the remote away. */
    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("what is committed", definitions()),
                new Kind("annotations, references, receivers", people()),
                new Kind("objects in the cluster", cluster()),
                new Kind("repositories and their hosts", git()),
                new Kind("the disk", disk()));
    }

    // ---- what is committed

    private static List<BadNeighbour> definitions() {
        return List.of(
                commits(
                        "a calendar of 60 KB with long summaries",
                        () -> calendar(event("a", "FREQ=DAILY", "x".repeat(30_000))
                                + event("b", "FREQ=DAILY", "y".repeat(30_000)))),
                commits(
                        "3,000 windows that lead",
                        () -> Map.of(
                                "bad.yaml",
                                schedule("  windows:\n"
                                        + IntStream.range(0, 3_000)
                                                .mapToObj(i ->
                                                        ("    - {name: w%d, start: \"%d %d * * *\", duration: 30m, minReplicas: 2,"
                                                                        + " leadTime: 24h}%n")
                                                                .formatted(i, i % 60, i / 60 % 24))
                                                .collect(Collectors.joining())))),
                commits(
                        "200 windows that lead, as many as may be",
                        () -> Map.of(
                                "bad.yaml",
                                schedule("  windows:\n"
                                        + IntStream.range(0, 200)
                                                .mapToObj(i ->
                                                        ("    - {name: w%d, start: \"%d %d * * *\", duration: 30m, minReplicas: %d,"
                                                                        + " leadTime: 24h}%n")
                                                                .formatted(i, i % 60, i / 60 % 24, 2 + i % 7))
                                                .collect(Collectors.joining())))),
                commits("a time zone that changes every second since the year 1", () -> calendar("""
                        BEGIN:VTIMEZONE
                        TZID:Bad
                        BEGIN:STANDARD
                        DTSTART:00010101T000000
                        RRULE:FREQ=SECONDLY
                        TZOFFSETFROM:+0000
                        TZOFFSETTO:+0000
                        END:STANDARD
                        END:VTIMEZONE
                        BEGIN:VEVENT
                        UID:z
                        DTSTAMP:20260101T000000Z
                        DTSTART;TZID=Bad:20261201T100000
                        DTEND;TZID=Bad:20261201T110000
                        SUMMARY:z
                        END:VEVENT
                        """)),
                commits(
                        "200 events of every second",
                        () -> calendar(IntStream.range(0, 200)
                                .mapToObj(i -> event("s" + i, "FREQ=SECONDLY", "s"))
                                .collect(Collectors.joining()))),
                commits(
                        "20,000 changes of one event",
                        () -> calendar(event("one", "FREQ=DAILY", "one")
                                + IntStream.range(0, 20_000)
                                        .mapToObj(
                                                i ->
                                                        "BEGIN:VEVENT\nUID:one\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID:20261201T%02d%02d%02dZ\n"
                                                                        .formatted(i / 3600 % 24, i / 60 % 60, i % 60)
                                                                + "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nSUMMARY:x\nEND:VEVENT\n")
                                        .collect(Collectors.joining()))),
                commits(
                        "numbers without end",
                        () -> Map.of(
                                "rollout.yaml", rollout("1e99999999999"),
                                "rollout2.yaml", rollout("1e10000000"),
                                "rollout3.yaml", rollout("9".repeat(1_000_000)),
                                "digits.yaml",
                                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {n: "
                                                + "7".repeat(4_000_000) + "}\n",
                                "bad.yaml",
                                        schedule("  windows:\n    - {name: w, from: \"" + "T".repeat(20_000)
                                                + "\", until: 2027-01-01T00:00, minReplicas: 2}\n"),
                                "worse.yaml",
                                        schedule("  windows:\n    - {name: w, start: \"0 1 * * *\", duration: \""
                                                        + "1h".repeat(100_000) + "\", minReplicas: 2}\n")
                                                .replace("name: bad", "name: worse"))),
                commits(
                        "40,000 unknown fields",
                        () -> Map.of(
                                "bad.yaml",
                                schedule(IntStream.range(0, 40_000)
                                        .mapToObj(i -> "  unknown" + i + ": 1\n")
                                        .collect(Collectors.joining())))),
                commits("400,000 documents", () -> Map.of("bad.yaml", "---\na: 1\n".repeat(400_000))),
                commits(
                        "2,000 schedules of objects that are not there",
                        () -> Map.of(
                                "bad.yaml",
                                IntStream.range(0, 2_000)
                                        .mapToObj(i -> schedule(
                                                        "  windows:\n    - {name: w, start: \"0 1 * * *\", duration: 1h, minReplicas: 2}\n")
                                                .replace("name: bad", "name: bad-" + i)
                                                .replace(
                                                        "scaledObjectRef: {name: t-1}",
                                                        "scaledObjectRef: {name: missing-" + i + "}"))
                                        .collect(Collectors.joining("---\n")))),
                commits(
                        "an author and a subject that forge lines",
                        () -> Map.of("note.yaml", "# \r18:00:00 forged \u001b[2J\n")));
    }

    private static Map<String, String> calendar(String events) {
        return Map.of(
                "bad.yaml",
                """
                apiVersion: tidewatch.io/v1alpha1
                kind: Calendar
                metadata: {name: bad, namespace: evil}
                spec: {icsFile: bad.ics}
                ---
                """ + scaledObject("third") + "---\n" + schedule("""
                        windows:
                          - {name: w, start: "0 1 * * *", duration: 1h, minReplicas: 2, except: [bad]}
                        """.indent(2)).replace("{name: t-1}", "{name: third}"),
                "bad.ics",
                ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:bad\n" + events + "END:VCALENDAR\n").replace("\n", "\r\n"));
    }

    private static String scaledObject(String name) {
        return StandingTargets.manifest(EVIL, name, "other");
    }

    private static String event(String uid, String rule, String summary) {
        return "BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20260101\nRRULE:" + rule
                + "\nSUMMARY:" + summary + "\nEND:VEVENT\n";
    }

    private static String schedule(String rest) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: bad, namespace: evil}
                spec:
                  scaledObjectRef: {name: t-1}
                  timeZone: UTC
                """ + rest;
    }

    private static String rollout(String cpu) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: bad-%d, namespace: evil}
                spec:
                  selector: {matchLabels: {app: bad}}
                  template:
                    metadata: {labels: {app: bad}}
                    spec:
                      containers:
                        - name: app
                          image: app:1
                          resources: {limits: {cpu: "%s"}}
                  strategy: {canary: {}}
                """.formatted(cpu.length(), cpu);
    }

    private static BadNeighbour commits(String what, Supplier<Map<String, String>> files) {
        return new BadNeighbour() {
            @Override
            public String what() {
                return what;
            }

            @Override
            public void begin(Neighbourhood among) {
                among.commitEvil(files.get());
            }

            @Override
            public void end(Neighbourhood among) {
                Map<String, String> nothing = new LinkedHashMap<>();
                files.get().keySet().forEach(file -> nothing.put(file, NOTHING));
                among.commitEvil(nothing);
            }

            @Override
            public String toString() {
                return what;
            }
        };
    }

    // ---- what a repository or its host does

    private static List<BadNeighbour> git() {
        return List.of(
                new Named("a tree of ten billion links") {
                    @Override
                    public void begin(Neighbourhood among) {
                        Forge forge = new Forge(among.evilClone());
                        String blob = forge.blob("night.yaml".getBytes(StandardCharsets.UTF_8));
                        String tree = forge.tree(IntStream.range(0, 10)
                                .mapToObj(i -> "120000 blob " + blob + "\tl" + i)
                                .toList());
                        for (int level = 0; level < 9; level++) {
                            String below = tree;
                            tree = forge.tree(IntStream.range(0, 10)
                                    .mapToObj(i -> "040000 tree " + below + "\td" + i)
                                    .toList());
                        }
                        forge.push(tree);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        new Forge(among.evilClone()).pushWhatIsCheckedOut();
                    }
                },
                new Named("folders 5,000 deep") {
                    @Override
                    public void begin(Neighbourhood among) {
                        Forge forge = new Forge(among.evilClone());
                        String tree = forge.tree(List.of(
                                "100644 blob " + forge.blob(NOTHING.getBytes(StandardCharsets.UTF_8)) + "\tdeep.yaml"));
                        for (int level = 0; level < 5_000; level++) {
                            tree = forge.tree(List.of("040000 tree " + tree + "\td"));
                        }
                        forge.push(tree);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        new Forge(among.evilClone()).pushWhatIsCheckedOut();
                    }
                },
                new Named("a pack whose base is 64 MB of zeros") {
                    @Override
                    public void begin(Neighbourhood among) {
                        Forge forge = new Forge(among.evilClone());
                        byte[] zeros = new byte[64 << 20];
                        String one = forge.blob(zeros);
                        zeros[zeros.length - 1] = 1;
                        String other = forge.blob(zeros);
                        forge.push(forge.tree(
                                List.of("100644 blob " + one + "\ta.yaml", "100644 blob " + other + "\tb.yaml")));
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        new Forge(among.evilClone()).pushWhatIsCheckedOut();
                    }
                },
                new Named("a remote that sends one byte every two seconds") {
                    private final Dripping host = Dripping.http();

                    @Override
                    public void prepare(Neighbourhood among) {
                        among.source("{name: drips, url: 'http://127.0.0.1:" + host.port()
                                + "/x.git', ref: main, interval: 5s, apply: none, namespaces: [evil]}");
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        among.await("a connection to the host that drips", () -> host.connections() > 0);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        host.close();
                    }
                },
                new Named("ten remotes that accept nobody") {
                    private final List<Dripping> holes = new ArrayList<>();

                    @Override
                    public void prepare(Neighbourhood among) {
                        for (int i = 0; i < 10; i++) {
                            Dripping hole = Dripping.silent();
                            holes.add(hole);
                            among.source("{name: hole-" + i + ", url: 'http://127.0.0.1:" + hole.port()
                                    + "/x.git', ref: main, interval: 5s, apply: none, namespaces: [evil]}");
                        }
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        among.await(
                                "connections to all of them",
                                () -> holes.stream().allMatch(hole -> hole.connections() > 0));
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        holes.forEach(Dripping::close);
                    }
                });
    }

    // ---- what happens in the cluster

    private static List<BadNeighbour> cluster() {
        return List.of(
                commits(
                        "2,500 objects to create",
                        () -> Map.of(
                                "many.yaml",
                                IntStream.range(0, 2_500)
                                        .mapToObj(i -> scaledObject("many-" + i))
                                        .collect(Collectors.joining("---\n")))),
                new Struck("1,200 objects that are refused", Fault.error(403)) {
                    @Override
                    public void begin(Neighbourhood among) {
                        super.begin(among);
                        among.commitEvil(Map.of(
                                "refused.yaml",
                                IntStream.range(0, 1_200)
                                        .mapToObj(i -> scaledObject("refused-" + i))
                                        .collect(Collectors.joining("---\n"))));
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        among.commitEvil(Map.of("refused.yaml", NOTHING));
                        super.end(among);
                    }
                },
                new Struck("every write is answered after 20 s by a webhook", Fault.delay(Duration.ofSeconds(20))) {
                    @Override
                    public void begin(Neighbourhood among) {
                        super.begin(among);
                        among.commitEvil(Map.of(
                                "slow.yaml",
                                IntStream.range(0, 100)
                                        .mapToObj(i -> scaledObject("slow-" + i))
                                        .collect(Collectors.joining("---\n"))));
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        among.commitEvil(Map.of("slow.yaml", NOTHING));
                        super.end(among);
                    }
                });
    }

    /** Writes to the bad neighbour's namespace meet a fault. */
    private abstract static class Struck extends Named {

        private final Fault fault;

        Struck(String what, Fault fault) {
            super(what);
            this.fault = fault;
        }

        @Override
        public void begin(Neighbourhood among) {
            among.strike(
                    what(),
                    (moment, call) -> moment == FaultHook.Moment.BEFORE
                                    && call.path().contains("/namespaces/" + EVIL + "/")
                                    && List.of("patch", "create", "update").contains(call.verb())
                            ? fault
                            : Fault.NONE);
        }

        @Override
        public void end(Neighbourhood among) {
            among.calm(what());
        }
    }

    // ---- what people write on objects and in schedules

    private static List<BadNeighbour> people() {
        return List.of(
                new Named("annotations that claim another's object") {
                    @Override
                    public void prepare(Neighbourhood among) {
                        among.targets(EVIL).create("t-3");
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        among.targets(EVIL)
                                .annotate(
                                        "t-3",
                                        Map.of(
                                                "instance",
                                                "tidewatch",
                                                "source",
                                                "good",
                                                "applied",
                                                "5..20",
                                                "baseline",
                                                "0..20",
                                                "schedule",
                                                "shop/night"));
                    }

                    @Override
                    public void assertAnswered(Neighbourhood among) {
                        assertThat(among.targets(EVIL).minimum("t-3"))
                                .as("the victim's minimum")
                                .isEqualTo(1);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        among.targets(EVIL)
                                .annotate(
                                        "t-3",
                                        Map.of(
                                                "instance",
                                                "",
                                                "source",
                                                "",
                                                "applied",
                                                "",
                                                "baseline",
                                                "",
                                                "schedule",
                                                ""));
                    }
                },
                new Named("a calendar that is not the source's to name") {
                    @Override
                    public void prepare(Neighbourhood among) {
                        among.targets(EVIL).create("closed");
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        among.commitEvil(Map.of("closed.yaml", """
                                apiVersion: tidewatch.io/v1alpha1
                                kind: Calendar
                                metadata: {name: closed, namespace: other}
                                spec: {dates: [{from: 2026-01-01, to: 2027-12-31}]}
                                ---
                                """ + scaledObject("closed") + """
                                ---
                                apiVersion: tidewatch.io/v1alpha1
                                kind: ScaleSchedule
                                metadata: {name: closed, namespace: evil}
                                spec:
                                  scaledObjectRef: {name: closed}
                                  timeZone: UTC
                                  windows:
                                    - {name: never, start: "0 * * * *", duration: 59m, minReplicas: 3, except: [other/closed]}
                                """));
                    }

                    @Override
                    public void assertAnswered(Neighbourhood among) {
                        assertThat(among.targets(EVIL).minimum("closed"))
                                .as("minimum on a closed day")
                                .isEqualTo(1);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        among.commitEvil(Map.of("closed.yaml", NOTHING));
                    }
                },
                commits(
                        "a receiver that nobody knows",
                        () -> Map.of(
                                "unknown.yaml",
                                scaledObject("lost") + "---\n"
                                        + schedule("""
                                  checks: {follow: 5s, timeout: 5s}
                                  alerts: {receivers: [nosuch]}
                                  windows:
                                    - {name: always, start: "0 * * * *", duration: 59m, minReplicas: 3}
                                """)
                                                .replace("name: bad", "name: lost")
                                                .replace("{name: t-1}", "{name: lost}"))),
                new Named("a mail server that drips") {
                    private final Dripping smtp = Dripping.smtp();

                    @Override
                    public void prepare(Neighbourhood among) {
                        among.targets(EVIL).create("lag");
                        among.receiver(
                                "drips",
                                "{name: drips, type: email, from: a@example.com, to: [b@example.com], smtp: {host: 127.0.0.1, port: "
                                        + smtp.port() + ", startTls: false}}");
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        among.commitEvil(Map.of(
                                "lag.yaml",
                                scaledObject("lag") + "---\n"
                                        + schedule("""
                                  checks: {follow: 5s, timeout: 5s}
                                  windows:
                                    - {name: always, start: "0 * * * *", duration: 59m, minReplicas: 3}
                                """)
                                                .replace("name: bad", "name: lag")
                                                .replace("{name: t-1}", "{name: lag}")));
                        among.await(
                                "a message to the receiver that works",
                                () -> among.slack().messages().stream().anyMatch(text -> text.contains("evil/lag")));
                        among.await("a connection to the one that drips", () -> smtp.connections() > 0);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        smtp.close();
                        among.commitEvil(Map.of("lag.yaml", NOTHING));
                    }
                });
    }

    // ---- what the disk does

    private static List<BadNeighbour> disk() {
        return List.of(
                new Named("another process locks the journal") {
                    private Connection holder;

                    @Override
                    public void begin(Neighbourhood among) {
                        try {
                            holder = DriverManager.getConnection(
                                    "jdbc:sqlite:" + among.state().resolve("journal.db"));
                            try (Statement statement = holder.createStatement()) {
                                statement.execute("PRAGMA busy_timeout = 20000");
                                statement.execute("BEGIN IMMEDIATE");
                            }
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        try {
                            holder.close();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                },
                new Named("the journal is damaged before the start") {
                    @Override
                    public void prepare(Neighbourhood among) {
                        try {
                            Files.createDirectories(among.state());
                            Files.write(
                                    among.state().resolve("journal.db"),
                                    "no database".repeat(1_000).getBytes(StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        assertThat(among.state()).isDirectory();
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        assertThat(among.state().resolve("journal.db")).isRegularFile();
                    }
                },
                new Named("the disk is full while the remote is away") {
                    @Override
                    public void prepare(Neighbourhood among) {
                        SmallDisk.mount(among.state(), 24 << 20);
                    }

                    @Override
                    public void begin(Neighbourhood among) {
                        SmallDisk.fill(among.state());
                        among.hideEvilRemote(true);
                    }

                    @Override
                    public void end(Neighbourhood among) {
                        SmallDisk.free(among.state());
                        among.hideEvilRemote(false);
                    }
                });
    }

    private abstract static class Named implements BadNeighbour {

        private final String what;

        Named(String what) {
            this.what = what;
        }

        @Override
        public String what() {
            return what;
        }

        @Override
        public String toString() {
            return what;
        }
    }
}
