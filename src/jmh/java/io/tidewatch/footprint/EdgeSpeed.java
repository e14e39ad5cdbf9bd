package io.tidewatch.footprint;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.app.Reconciler;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.playground.Operator;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Prints how fast the minimums of an edge are written, against a bare client with as many requests in flight: both write the same ScaledObjects,
 * in the same process, in turn. The API server is the playground's, in a process of its own. Its log says when writes were answered.
 *
 * <p>Argument: {@code TARGETSxPODS}, for example {@code 1000x1}.
 */
public final class EdgeSpeed {

    private static final int NAMESPACES = 20;
    private static final int IN_FLIGHT = 8;
    private static final int EDGES = 4;
    private static final Duration APART = Duration.ofSeconds(40);
    /** From the commit to the first edge. */
    private static final Duration LEAD = Duration.ofSeconds(60);
    /** After an edge, for all its writes. */
    private static final Duration WRITTEN = Duration.ofSeconds(24);

    private final int targets;
    private final int pods;
    private final Path folder;

    private EdgeSpeed(String size, Path folder) {
        String[] numbers = size.split("x", -1);
        this.targets = Integer.parseInt(numbers[0]);
        this.pods = Integer.parseInt(numbers[1]);
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("tidewatch-edges");
        try {
            new EdgeSpeed(arguments[0], folder).run();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Instant window = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Process cluster = Footprint.cluster(targets, pods, NAMESPACES, window);
        try (BufferedReader answers = cluster.inputReader();
                OutputStream orders = cluster.getOutputStream();
                KubernetesClient client = Day.client(answers.readLine());
                Operator operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana")) {
            bare(client, 0);
            Instant first =
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(LEAD).plusMillis(targets * 10L);
            operator.commit("the fleet", Day.files(targets, pods, NAMESPACES, window, windows(first)));
            Reconciler running = Reconciler.start(
                    Day.configuration(folder, operator.url()),
                    client,
                    Timeline.real(),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    entry -> {});
            for (int edge = 0; edge < EDGES; edge++) {
                Instant at = first.plus(APART.multipliedBy(edge));
                sleepUntil(at.minusSeconds(1));
                Day.order(orders, 'c');
                sleepUntil(at.plus(WRITTEN));
                Day.order(orders, 'w');
                long[] written = millis(answers.readLine());
                Day.order(orders, 'c');
                bare(client, edge + 1);
                Day.order(orders, 'w');
                print(edge, at, written, millis(answers.readLine()));
            }
            running.close();
        } finally {
            cluster.destroy();
        }
    }

    private void print(int edge, Instant at, long[] ours, long[] bare) {
        double tidewatch = perSecond(ours);
        double other = perSecond(bare);
        System.out.printf(
                Locale.ROOT,
                "edge %d: %d of %d written, the first after %d ms, the last after %d ms, %.0f a second; bare client: %d, %.0f a second; ratio %.2f%n",
                edge,
                ours.length,
                targets,
                ours[0] - at.toEpochMilli(),
                ours[ours.length - 1] - at.toEpochMilli(),
                tidewatch,
                bare.length,
                other,
                tidewatch / other);
    }

    /** From the first answer to the last. */
    private static double perSecond(long[] sorted) {
        return (sorted.length - 1) * 1e3 / Math.max(1, sorted[sorted.length - 1] - sorted[0]);
    }

    private static long[] millis(String line) {
        return Stream.of(line.split(" ")).mapToLong(Long::parseLong).sorted().toArray();
    }

    /** Writes an annotation of its own into each ScaledObject, by server-side apply, as large as what Tidewatch writes. */
    private void bare(KubernetesClient client, int round) throws Exception {
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("bare")
                .withForce(true)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int number = 0; number < targets; number++) {
                StandingTarget target = StandingCluster.target(number, pods, NAMESPACES, Instant.EPOCH);
                GenericKubernetesResource object = new GenericKubernetesResourceBuilder()
                        .withApiVersion("keda.sh/v1alpha1")
                        .withKind("ScaledObject")
                        .withNewMetadata()
                        .withName(target.name())
                        .withNamespace(target.namespace())
                        .withAnnotations(Map.of("bare.example.com/round", round + " ".repeat(300)))
                        .endMetadata()
                        .build();
                sent.add(threads.submit(() -> client.resource(object).patch(apply)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** One more pod in every second interval. */
    private String windows(Instant first) {
        StringBuilder text = new StringBuilder();
        for (int edge = 0; edge < EDGES; edge += 2) {
            Instant from = first.plus(APART.multipliedBy(edge));
            text.append("    - {name: w%d, from: \"%s\", until: \"%s\", minReplicas: %d}%n"
                    .formatted(edge, from, from.plus(APART), pods + 1));
        }
        return text.toString();
    }

    private static void sleepUntil(Instant then) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), then).toMillis()));
    }
}
