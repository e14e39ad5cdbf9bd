package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** The application over targets that nobody else moves, with a proxy before the API server. */
final class StandingNight implements AutoCloseable {

    static final String NAMESPACE = "shop";

    /** From each edge to the next. */
    static final Duration HALF = Duration.ofMinutes(90);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final ToldTimeline timeline = new ToldTimeline();
    private final PlaygroundApiServer server = PlaygroundApiServer.start(timeline);
    private final WireProxy wire = WireProxy.start(server.port(), Weather.FAIR);
    private final StandingTargets targets = new StandingTargets(server.url(), NAMESPACE);
    private final List<DiaryEntry> said = new CopyOnWriteArrayList<>();
    private final Operator operator;
    private Optional<StandingApplication> running = Optional.empty();

    /** @param begins what time it is at first; time goes on as it does, and leaps when it is told to */
    StandingNight(Path folder, Instant begins, int count) {
        this.folder = folder;
        timeline.told(Instant.now(), begins, 1);
        StandingApplication.createNamespaces(server, List.of(NAMESPACE));
        targets.create(count);
        operator = Operator.start(folder, "Dana");
    }

    PlaygroundApiServer server() {
        return server;
    }

    WireProxy wire() {
        return wire;
    }

    StandingTargets targets() {
        return targets;
    }

    ToldTimeline timeline() {
        return timeline;
    }

    List<DiaryEntry> said() {
        return List.copyOf(said);
    }

    boolean said(String text) {
        return said.stream().anyMatch(entry -> entry.text().contains(text));
    }

    void commit(String message, Map<String, String> files) {
        operator.commit(message, files);
    }

    /** Three windows over all targets that raise their one pod to two, each an hour and a half, as far apart. */
    static String schedule(Instant from) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: UTC
                  windows:
                    - {name: first, from: "%s", until: "%s", minReplicas: 2}
                    - {name: second, from: "%s", until: "%s", minReplicas: 2}
                    - {name: third, from: "%s", until: "%s", minReplicas: 2}
                """.formatted(IntStream.range(0, 6)
                .mapToObj(edge -> from.plus(HALF.multipliedBy(edge)))
                .toArray());
    }

    /** The ScaledObjects as Git has them; the source applies nothing, so their minimum is a baseline and no more. */
    static String scaledObjects(int count) {
        return StandingTargets.manifests(NAMESPACE, count);
    }

    void leapTo(Instant then) {
        timeline.told(Instant.now(), then, 1);
    }

    /** From now on so many seconds pass in one. */
    void pace(double speed) {
        timeline.told(Instant.now(), timeline.instant(), speed);
    }

    void start(int writesPerSecond) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state")
                        + "\ntidewatch.http.address = 127.0.0.1:0\ntidewatch.cluster.maxWritesPerSecond = "
                        + writesPerSecond + "\n",
                "sources.yaml",
                "sources: [{name: shop, url: '" + operator.url() + "', ref: " + operator.ref()
                        + ", interval: 1m, apply: none}]\n",
                "alerts.yaml",
                "receivers: []\n");
        running = Optional.of(StandingApplication.start(files, wire.url(), timeline, said::add));
    }

    void stop() {
        running.ifPresent(StandingApplication::close);
        running = Optional.empty();
    }

    /** Bounded by real time, generously: it only ends a night that has gone wrong. */
    void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; it said %s", what, said)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Until no request but the heartbeat has come for a while of real time. */
    void awaitQuiet() {
        awaitQuiet(Duration.ofMillis(400));
    }

    void awaitQuiet(Duration enough) {
        NewRequests asked = new NewRequests();
        long[] since = {System.nanoTime()};
        await("quiet", () -> {
            if (asked.came(wire.requests())) {
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > enough.toNanos();
        });
    }

    @Override
    public void close() {
        stop();
        operator.close();
        wire.close();
        server.close();
    }
}
