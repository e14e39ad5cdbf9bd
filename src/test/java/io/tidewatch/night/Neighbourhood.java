package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.SlackInbox;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The application with two sources that share it: {@code good} schedules namespace {@code shop}, {@code evil} schedules
 * namespace {@code evil}. Each of good's targets has an edge every four seconds; whether it was carried out, and when, is
 * read in the API server's request log, in the server's own time.
 */
final class Neighbourhood implements AutoCloseable {

    static final String GOOD = "shop";
    static final String EVIL = "evil";
    static final int TARGETS = 2;

    /** From each edge to the next. */
    static final Duration BETWEEN = Duration.ofSeconds(4);

    /** How late an edge may be carried out. */
    static final Duration ON_TIME = Duration.ofSeconds(3);

    private static final Instant BEGINS = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant FIRST_EDGE = BEGINS.plusSeconds(8);
    private static final int WINDOWS = 150;

    /** Seconds of the application's time in a second; below one on a machine that is busy with other work. */
    private static final double PACE = Double.parseDouble(System.getProperty("tidewatch.neighbour.pace", "1"));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final ToldTimeline timeline = new ToldTimeline();
    private final PlaygroundApiServer server = PlaygroundApiServer.start(timeline);
    private final SlackInbox slack = SlackInbox.start();
    private final Operator good;
    private final Operator evil;
    private final List<DiaryEntry> said = new CopyOnWriteArrayList<>();
    private final Map<String, FaultHook> faults = new ConcurrentHashMap<>();
    private final List<String> moreSources = new ArrayList<>();
    private final List<String> moreReceivers = new ArrayList<>();
    private final List<String> moreSettings = new ArrayList<>();
    private String happening = "nothing yet";
    private Optional<StandingApplication> running = Optional.empty();

    Neighbourhood(Path folder) {
        this.folder = folder;
        timeline.told(Instant.now(), BEGINS, PACE);
        server.strikeWith((moment, call) -> faults.values().stream()
                .map(hook -> hook.strike(moment, call))
                .filter(fault -> fault != Fault.NONE)
                .findFirst()
                .orElse(Fault.NONE));
        StandingApplication.createNamespaces(server, List.of(GOOD, EVIL));
        targets(GOOD).create(TARGETS);
        targets(EVIL).create(TARGETS);
        good = Operator.start(made(folder.resolve("good")), "Dana");
        evil = Operator.start(made(folder.resolve("evil")), "Eve");
        good.commit("the good night", Map.of("night.yaml", night(GOOD)));
        evil.commit("a night like any other", Map.of("night.yaml", night(EVIL)));
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PlaygroundApiServer server() {
        return server;
    }

    SlackInbox slack() {
        return slack;
    }

    StandingTargets targets(String namespace) {
        return new StandingTargets(server.url(), namespace);
    }

    /** Where the application keeps its journal and its mirrors. */
    Path state() {
        return folder.resolve("state");
    }

    /** A folder of the test's own. */
    Path scratch(String name) {
        return made(folder.resolve("scratch").resolve(name));
    }

    /** The clone that the bad neighbour works in. */
    Path evilClone() {
        return folder.resolve("evil").resolve("clone");
    }

    /** What happens from now on, for messages of the test. */
    void is(String what) {
        happening = what;
    }

    Instant now() {
        return timeline.instant();
    }

    List<DiaryEntry> said() {
        return List.copyOf(said);
    }

    /** What is committed besides the bad neighbour's own night. */
    void commitEvil(Map<String, String> files) {
        evil.commit("a small change", files);
    }

    /** From now on requests meet this, besides what else was begun. */
    void strike(String name, FaultHook faults) {
        this.faults.put(name, faults);
    }

    void calm(String name) {
        faults.remove(name);
    }

    /** The bad neighbour's remote is not there, or there again. */
    void hideEvilRemote(boolean hidden) {
        Path there = folder.resolve("evil").resolve("deploy.git");
        Path away = folder.resolve("evil").resolve("away.git");
        try {
            Files.move(hidden ? there : away, hidden ? away : there);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more source, before the start, as it stands in sources.yaml. */
    void source(String line) {
        moreSources.add(line);
    }

    /** One more line of application.properties, before the start. */
    void setting(String line) {
        moreSettings.add(line);
    }

    /** One more receiver of all messages, before the start. */
    void receiver(String name, String line) {
        moreReceivers.add(name);
        moreReceivers.add(line);
    }

    /** The same edges for two ScaledObjects of a namespace: from one to two pods and back, every four seconds. */
    static String night(String namespace) {
        return StandingTargets.manifests(namespace, TARGETS) + "---\n" + """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: %s}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: UTC
                  checks: {beforeDown: Skip}
                  windows:
                """.formatted(namespace) + windows();
    }

    static String windows() {
        return IntStream.range(0, WINDOWS)
                .mapToObj(i -> "    - {name: w-%d, from: \"%s\", until: \"%s\", minReplicas: 2}%n"
                        .formatted(i, edge(2 * i), edge(2 * i + 1)))
                .collect(Collectors.joining());
    }

    private static Instant edge(int number) {
        return FIRST_EDGE.plus(BETWEEN.multipliedBy(number));
    }

    void start() {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + state() + "\ntidewatch.http.address = 127.0.0.1:0\n"
                        + String.join("\n", moreSettings),
                "sources.yaml",
                "sources:\n" + source(EVIL, evil, EVIL)
                        + moreSources.stream().map(line -> "  - " + line + "\n").collect(Collectors.joining())
                        + source("good", good, GOOD),
                "alerts.yaml",
                alerts());
        running = Optional.of(StandingApplication.start(files, server.url(), timeline, said::add));
    }

    private static String source(String name, Operator operator, String namespace) {
        return "  - {name: " + name + ", url: '" + operator.url() + "', ref: " + operator.ref()
                + ", interval: 5s, apply: all, namespaces: [" + namespace + "]}\n";
    }

    private String alerts() {
        StringBuilder text = new StringBuilder(
                "receivers:\n  - {name: chat, type: slack, webhookUrl: '" + slack.webhookUrl() + "'}\n");
        List<String> names = new ArrayList<>(List.of("chat"));
        for (int i = 0; i < moreReceivers.size(); i += 2) {
            names.add(moreReceivers.get(i));
            text.append("  - ").append(moreReceivers.get(i + 1)).append('\n');
        }
        return text.append("default: ").append(names).append('\n').toString();
    }

    void stop() {
        running.ifPresent(StandingApplication::close);
        running = Optional.empty();
    }

    /** The next so many edges of a namespace are each carried out, for each target, within three seconds. */
    void assertOnTime(String namespace, int edges) {
        int first = firstEdgeAfter(now());
        Instant end = edge(first + edges - 1).plus(ON_TIME).plusSeconds(1);
        await("the edges until " + end, () -> now().isAfter(end));
        List<String> late = late(namespace, first, edges);
        assertThat(late)
                .as(
                        "edges of %s that were not carried out on time during: %s; it said%n  %s",
                        namespace, happening, latest())
                .isEmpty();
    }

    /** Until one edge of a namespace is carried out on time again. */
    void awaitOnTime(String namespace) {
        int[] edge = {firstEdgeAfter(now())};
        await("an edge of " + namespace + " that is carried out on time", () -> {
            while (now().isAfter(edge(edge[0]).plus(ON_TIME))) {
                if (late(namespace, edge[0], 1).isEmpty()) {
                    return true;
                }
                edge[0]++;
            }
            return false;
        });
    }

    private static int firstEdgeAfter(Instant now) {
        int edge = 0;
        while (!edge(edge).isAfter(now)) {
            edge++;
        }
        assertThat(edge).as("edges are left").isLessThan(2 * WINDOWS - 20);
        return edge;
    }

    private List<String> late(String namespace, int first, int edges) {
        List<RequestLog.Entry> entries = server.requests().entries();
        List<String> late = new ArrayList<>();
        for (int number = first; number < first + edges; number++) {
            Instant at = edge(number);
            for (int target = 1; target <= TARGETS; target++) {
                String path = "/namespaces/" + namespace + "/scaledobjects/t-" + target;
                boolean carriedOut = entries.stream()
                        .anyMatch(entry -> entry.verb().equals("patch")
                                && entry.path().endsWith(path)
                                && !entry.dryRun()
                                && entry.code() == 200
                                && !entry.at().isBefore(at)
                                && !entry.at().isAfter(at.plus(ON_TIME)));
                if (!carriedOut) {
                    late.add(at + " t-" + target);
                }
            }
        }
        return late;
    }

    private String latest() {
        return said.stream()
                .skip(Math.max(0, said.size() - 25))
                .map(entry -> entry.at() + " "
                        + entry.target().map(Object::toString).orElse("-") + " " + entry.code() + ": "
                        + entry.text().substring(0, Math.min(200, entry.text().length())))
                .collect(Collectors.joining("\n  "));
    }

    /** Bounded by real time, generously: it only ends a night that has gone wrong. */
    void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s during: %s; it said%n  %s", what, happening, latest())
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        stop();
        good.close();
        evil.close();
        slack.close();
        server.close();
    }
}
