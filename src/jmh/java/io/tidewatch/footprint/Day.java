package io.tidewatch.footprint;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.app.Reconciler;
import io.tidewatch.cluster.ClientObjects;
import io.tidewatch.cluster.ClientThreads;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A day in which nothing happens: many targets whose windows are open, a hundred schedules, 24 simulated hours. Prints the heap after a
 * full collection, threads and CPU every two hours, and the requests that came. The API server is the playground's, in a process of its own.
 *
 * <p>Arguments: {@code TARGETSxPODS}, for example {@code 2000x3}, and how many simulated seconds pass in one, 144 unless it is given. The
 * heartbeat, watches and the resync keep to real time.
 */
public final class Day {

    private static final int NAMESPACES = 20;
    private static final int SCHEDULES = 100;
    private static final Duration LENGTH = Duration.ofHours(24);
    private static final Duration APART = Duration.ofHours(2);
    private static final Duration LONGEST_START = Duration.ofMinutes(15);
    private static final Duration QUIET = Duration.ofSeconds(40);

    private final int targets;
    private final int pods;
    private final double speed;
    private final Path folder;
    private final AtomicLong lines = new AtomicLong();

    private Day(String[] arguments, Path folder) {
        String[] numbers = arguments[0].split("x", -1);
        this.targets = Integer.parseInt(numbers[0]);
        this.pods = Integer.parseInt(numbers[1]);
        this.speed = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 144;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Day(arguments, Files.createTempDirectory("tidewatch-day")).run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Instant begins = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant window = begins.minus(Duration.ofHours(1));
        Process cluster = Footprint.cluster(targets, pods, NAMESPACES, window);
        try (BufferedReader answers = cluster.inputReader();
                OutputStream orders = cluster.getOutputStream();
                PlaygroundClock clock = PlaygroundClock.startingAt(begins, 1);
                KubernetesClient client = client(answers.readLine());
                Operator operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana")) {
            operator.commit("the fleet", files(window));
            Reconciler running = Reconciler.start(
                    configuration(operator.url()),
                    client,
                    new PlaygroundTimeline(clock),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    entry -> lines.incrementAndGet());
            awaitQuiet();
            order(orders, 'c');
            print("begins");
            clock.setSpeed(speed);
            for (Duration gone = APART; gone.compareTo(LENGTH) <= 0; gone = gone.plus(APART)) {
                while (clock.instant().isBefore(begins.plus(gone))) {
                    Thread.sleep(200);
                }
                print("+" + gone.toHours() + " h");
            }
            order(orders, 'p');
            System.out.println("requests: " + answers.readLine());
            running.close();
        } finally {
            cluster.destroy();
        }
    }

    private static void order(OutputStream orders, char order) throws IOException {
        orders.write(order);
        orders.flush();
    }

    /** Until no line has come for a while. */
    private void awaitQuiet() throws InterruptedException {
        Instant latest = Instant.now().plus(LONGEST_START);
        Instant since = Instant.now();
        long before = 0;
        while (Instant.now().isBefore(latest)
                && (before < targets || Instant.now().isBefore(since.plus(QUIET)))) {
            Thread.sleep(500);
            if (lines.get() != before) {
                before = lines.get();
                since = Instant.now();
            }
        }
    }

    private void print(String when) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toSeconds();
        System.out.printf(
                "%-7s heap %5.1f MB, %d threads, %d s of CPU so far, %d lines%n",
                when, heap / 1e6, ManagementFactory.getThreadMXBean().getThreadCount(), cpu, lines.get());
    }

    private static KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withNamespace("default")
                .withUserAgent("tidewatch")
                .build();
        return ClientThreads.addTo(new KubernetesClientBuilder())
                .withConfig(config)
                .withKubernetesSerialization(ClientObjects.serialization())
                .build();
    }

    /** The ScaledObjects with a label each, and the schedules that choose by it. */
    private Map<String, String> files(Instant window) {
        Map<String, String> files = new TreeMap<>();
        int lanes = SCHEDULES / NAMESPACES;
        for (int number = 0; number < targets; number++) {
            StandingTarget target = StandingCluster.target(number, pods, NAMESPACES, window);
            files.merge(
                    target.namespace() + ".yaml",
                    target.manifests().replace("labels: {", "labels: {lane: l" + number / NAMESPACES % lanes + ", "),
                    (one, other) -> one + "---\n" + other);
        }
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            files.put("schedule-" + schedule + ".yaml", """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: s%d, namespace: team-%d}
                    spec:
                      scaledObjectSelector: {matchLabels: {lane: l%d}}
                      timeZone: UTC
                      baseline: {minReplicas: 1}
                      windows:
                        - {name: always, from: "%s", until: "%s", minReplicas: %d}
                    """.formatted(
                            schedule,
                            schedule % NAMESPACES,
                            schedule / NAMESPACES,
                            window,
                            window.plus(Duration.ofDays(9)),
                            pods));
        }
        return files;
    }

    private Configuration configuration(String source) {
        ConfigurationResult read = ConfigurationReader.read(
                Map.of(
                        "application.properties",
                        "tidewatch.state.directory = " + folder.resolve("state")
                                + "\ntidewatch.http.address = 127.0.0.1:0\ntidewatch.cluster.maxWritesPerSecond = 1000\n",
                        "sources.yaml",
                        "sources: [{name: fleet, url: '" + source + "', ref: main, apply: none}]\n",
                        "alerts.yaml",
                        "receivers: []\n"),
                Map.of(),
                path -> Optional.empty());
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw new IllegalStateException("the configuration is refused: " + read.problems());
    }
}
