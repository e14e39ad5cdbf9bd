package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.FaultHook;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The application with the default limits over two sources, each with a namespace of its name: {@code crowd}, which does
 * its worst, and {@code good}, which must not notice. Nobody else moves anything.
 */
final class TwoSources implements AutoCloseable {

    static final String CROWD = "crowd";
    static final String GOOD = "good";

    private static final String NO_RECEIVERS = "receivers: []\n";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final ToldTimeline timeline = new ToldTimeline();
    private final PlaygroundApiServer server = PlaygroundApiServer.start(timeline);
    private final Map<String, Operator> operators;
    private final List<DiaryEntry> said = new CopyOnWriteArrayList<>();
    private Optional<StandingApplication> running = Optional.empty();

    /** @param begins what time it is at first; time goes on as it does, and leaps when it is told to */
    TwoSources(Path folder, Instant begins, int crowd, int good) {
        this.folder = folder;
        timeline.told(Instant.now(), begins, 1);
        StandingApplication.createNamespaces(server, List.of(CROWD, GOOD));
        new StandingTargets(server.url(), CROWD).create(crowd);
        new StandingTargets(server.url(), GOOD).create(good);
        operators = Map.of(CROWD, operator(CROWD), GOOD, operator(GOOD));
    }

    private Operator operator(String source) {
        try {
            return Operator.start(Files.createDirectories(folder.resolve(source)), "Dana");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines of the diary have this code. */
    long said(String code) {
        return said.stream().filter(entry -> entry.code().equals(code)).count();
    }

    /** Nobody here follows a minimum, so all are late in the end, but none that only waited for its turn. */
    Set<Target> lateBeforeTheyWereWritten() {
        Set<Target> written = new HashSet<>();
        Set<Target> late = new TreeSet<>();
        for (DiaryEntry entry : said) {
            if (entry.code().equals("minimum-set")) {
                entry.target().ifPresent(written::add);
            } else if (entry.code().equals("AvailabilityLag")) {
                entry.target().filter(target -> !written.contains(target)).ifPresent(late::add);
            }
        }
        return late;
    }

    void strikeWith(FaultHook faults) {
        server.strikeWith(faults);
    }

    /** The same with three seconds for a minimum to be followed. */
    String commit(String source, int targets, List<Window> windows) {
        return commit(source, targets, windows, Duration.ofSeconds(3));
    }

    /**
     * Commits the targets of a source and one schedule over them, whose windows raise one pod to two.
     *
     * @param follow how long a minimum may take to be followed
     * @return the commit's id
     */
    String commit(String source, int targets, List<Window> windows, Duration follow) {
        String manifests = StandingTargets.manifests(source, targets);
        String schedule = """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: %s}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: UTC
                  checks: {follow: %ds}
                  windows:
                """.formatted(source, follow.toSeconds())
                + windows.stream().map(Window::yaml).collect(Collectors.joining());
        return operators.get(source).commit("a schedule", Map.of("web.yaml", manifests, "night.yaml", schedule));
    }

    record Window(String name, Instant from, Instant until, int minimum) {
        Window(String name, Instant from, Instant until) {
            this(name, from, until, 2);
        }

        String yaml() {
            return "    - {name: %s, from: \"%s\", until: \"%s\", minReplicas: %d}%n"
                    .formatted(name, from, until, minimum);
        }
    }

    /**
     * Starts it in a process that is ready for it, where no minute is waited for: a pass every two seconds, and pulls as told.
     *
     * @param pulls how often a source is asked and how long that may take, as in {@code interval: 2s, deadline: 5s}
     */
    void startIn(ReconcilerProcess process, String pulls) {
        startIn(process, pulls, NO_RECEIVERS);
    }

    /**
     * The same, with receivers.
     *
     * @param alerts the text of {@code alerts.yaml}
     */
    void startIn(ReconcilerProcess process, String pulls, String alerts) {
        files("tidewatch.resync = 2s\n", pulls, alerts).forEach((name, text) -> {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        process.go(folder, server.url());
    }

    private Map<String, String> files(String settings, String pulls, String alerts) {
        return Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n"
                        + settings,
                "sources.yaml",
                "sources:\n" + source(CROWD, pulls) + source(GOOD, pulls),
                "alerts.yaml",
                alerts);
    }

    void start() {
        running = Optional.of(
                StandingApplication.start(files("", "interval: 1m", NO_RECEIVERS), server.url(), timeline, said::add));
    }

    private String source(String name, String pulls) {
        Operator operator = operators.get(name);
        return "  - {name: %1$s, url: '%2$s', ref: %3$s, %4$s, apply: none, namespaces: [%1$s]}%n"
                .formatted(name, operator.url(), operator.ref(), pulls);
    }

    /** Where a source is pulled from. */
    String urlOf(String source) {
        return operators.get(source).url();
    }

    /** What the cluster has for the minimum of the first target of a source. */
    int minimum(String source) {
        return new StandingTargets(server.url(), source).minimum("t-1");
    }

    void leapTo(Instant then) {
        timeline.told(Instant.now(), then, 1);
    }

    /** Requests that changed a minimum in a namespace, in the order in which they were carried out. */
    List<RequestLog.Entry> writes(String namespace) {
        return server.requests().entries().stream()
                .filter(entry -> entry.verb().equals("patch")
                        && !entry.dryRun()
                        && entry.userAgent().startsWith("tidewatch")
                        && entry.path().contains("/namespaces/" + namespace + "/scaledobjects/"))
                .toList();
    }

    long events(String namespace) {
        return server.requests().entries().stream()
                .filter(entry ->
                        entry.verb().equals("create") && entry.path().contains("/namespaces/" + namespace + "/events"))
                .count();
    }

    long questions() {
        return server.requests().entries().stream()
                .filter(RequestLog.Entry::dryRun)
                .count();
    }

    void forgetRequests() {
        server.requests().clear();
    }

    /** Bounded by real time, generously: it only ends a night that has gone wrong. */
    void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; it said %s", what, said)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        running.ifPresent(StandingApplication::close);
        operators.values().forEach(Operator::close);
        server.close();
    }
}
