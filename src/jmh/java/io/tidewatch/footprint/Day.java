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
 * <p>Argument: {@code TARGETSxPODS@SPEED}, for example {@code 2000x3@144}, where 144 simulated seconds pass in one. The heartbeat, watches and
 * the resync keep to real time.
 */
public final class Day {

    private static final int NAMESPACES = 20;
    private static final int SCHEDULES = 100;
    private static final Duration LENGTH = Duration.ofHours(24);
    private static final Duration APART = Duration.ofHours(2);
    private static final Duration LONGEST_START = Duration.ofMinutes(15);
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final int targets;
    private final int pods;
    private final double speed;
    private final Path folder;
    private final AtomicLong lines = new AtomicLong();

    private Day(String size, Path folder) {
        String[] numbers = size.split("[x@]", -1);
        this.targets = Integer.parseInt(numbers[0]);
        this.pods = Integer.parseInt(numbers[1]);
        this.speed = Double.parseDouble(numbers[2]);
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Day(arguments[0], Files.createTempDirectory("tidewatch-day")).run();
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
            String always = "    - {name: always, from: \"%s\", until: \"%s\", minReplicas: %d}%n"
                    .formatted(window, window.plus(Duration.ofDays(9)), pods);
            operator.commit("the fleet", files(targets, pods, NAMESPACES, window, always));
            Reconciler running = Reconciler.start(
                    configuration(folder, operator.url()),
                    client,
                    new PlaygroundTimeline(clock),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    entry -> lines.incrementAndGet());
            awaitQuiet();
            awaitRenewalsAlone(orders, answers);
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

    static void order(OutputStream orders, char order) throws IOException {
        orders.write(order);
        orders.flush();
    }

    /** Until nothing but renewals of the Lease has come for a while. */
    private static void awaitRenewalsAlone(OutputStream orders, BufferedReader answers)
            throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(LONGEST_START);
        String asked = "";
        while (Instant.now().isBefore(latest) && !asked.matches("\\{update leases=\\d+}")) {
            order(orders, 'c');
            Thread.sleep(QUIET.toMillis() / 2);
            order(orders, 'p');
            asked = answers.readLine();
        }
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

    static KubernetesClient client(String url) {
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

    /**
     * The ScaledObjects with a label each, and a hundred schedules that choose by it.
     *
     * @param windows the lines of each schedule
     */
    static Map<String, String> files(int targets, int pods, int namespaces, Instant window, String windows) {
        Map<String, String> files = new TreeMap<>();
        int lanes = SCHEDULES / namespaces;
        for (int number = 0; number < targets; number++) {
            StandingTarget target = StandingCluster.target(number, pods, namespaces, window);
            files.merge(
                    target.namespace() + ".yaml",
                    target.manifests().replace("labels: {", "labels: {lane: l" + number / namespaces % lanes + ", "),
                    (one, other) -> one + "---\n" + other);
        }
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            files.put(
                    "schedule-" + schedule + ".yaml",
                    """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: s%d, namespace: team-%d}
                    spec:
                      scaledObjectSelector: {matchLabels: {lane: l%d}}
                      timeZone: UTC
                      baseline: {minReplicas: %d}
                      preflight: "0"
                      checks: {beforeDown: Skip}
                      windows:
                    """.formatted(schedule, schedule % namespaces, schedule / namespaces, pods) + windows);
        }
        return files;
    }

    static Configuration configuration(Path folder, String source) {
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
