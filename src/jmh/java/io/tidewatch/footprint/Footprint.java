package io.tidewatch.footprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.playground.Operator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints what {@code run} needs for many targets that all have converged: CPU, heap after a full collection, resident memory, threads,
 * sockets, and what the heap is made of. The API server is the playground's, in a process of its own; the product is the launcher's
 * process with its options and a heap of 460 MB. Linux only, and the commands of a JDK.
 *
 * <p>Argument: {@code TARGETSxPODS}, for example {@code 1000x3}; with {@code +apply} behind it the source declares and applies the
 * ScaledObjects and Rollouts too. The environment may name another product than {@code ./tidewatch} ({@code FOOTPRINT_PRODUCT}), a file
 * for its output ({@code FOOTPRINT_LOG}) and further options of its JVM ({@code TIDEWATCH_JAVA_OPTS}); with
 * {@code -XX:NativeMemoryTracking=summary} among these, what the JVM itself needs is printed too.
 */
public final class Footprint {

    private static final int NAMESPACES = 20;
    private static final String HEAP = "-Xmx460m";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** After which threads and connections that only a start needs have ended. */
    private static final Duration SETTLING = Duration.ofSeconds(70);

    private static final int PROBES = 30;
    private static final int ROWS = 45;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int targets;
    private final int pods;
    private final boolean applies;
    private final Path folder;
    private final Instant begun = Instant.now();

    private Footprint(String size, Path folder) {
        this.applies = size.endsWith("+apply");
        String[] numbers = size.replace("+apply", "").split("x", -1);
        this.targets = Integer.parseInt(numbers[0]);
        this.pods = Integer.parseInt(numbers[1]);
        this.folder = folder;
    }

    /** Prints the figures, and ends both processes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tidewatch-footprint");
        try {
            new Footprint(arguments[0], folder).run();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        Instant window = begun.truncatedTo(ChronoUnit.DAYS);
        Process cluster = cluster(targets, pods, NAMESPACES, window);
        try {
            String url = cluster.inputReader().readLine();
            if (url == null) {
                throw new IllegalStateException("the API server did not start");
            }
            int port = freePort();
            int management = freePort();
            Process product = product(url, configuration(window, port, management));
            try {
                long pid = product.pid();
                awaitConverged(product, port);
                Duration start = cpu(product);
                probe(management);
                Thread.sleep(SETTLING.toMillis());
                System.out.printf(
                        "CPU: %.1f s until then, %.2f s in the %d s after that%n",
                        start.toMillis() / 1000.0, cpu(product).minus(start).toMillis() / 1000.0, SETTLING.toSeconds());
                new ProcessFigures(pid).print(targets, ROWS);
            } finally {
                product.destroy();
                product.waitFor();
            }
        } finally {
            cluster.destroy();
        }
    }

    /** What the process used of all cores; the launcher has become Java. */
    private static Duration cpu(Process product) {
        return product.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The API server as a process, which prints its URL first. */
    static Process cluster(int targets, int pods, int namespaces, Instant window) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandingCluster.class.getName(),
                        Integer.toString(targets),
                        Integer.toString(pods),
                        Integer.toString(namespaces),
                        window.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Process product(String url, Path configuration) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(System.getenv().getOrDefault("FOOTPRINT_PRODUCT", "./tidewatch")));
        command.addAll(List.of("run", "--config", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of(System.getenv()
                                .getOrDefault(
                                        "FOOTPRINT_LOG", folder.resolve("log").toString()))
                        .toFile());
        Map<String, String> environment = builder.environment();
        environment.merge("TIDEWATCH_JAVA_OPTS", HEAP, (more, heap) -> heap + " " + more);
        environment.put(
                "KUBECONFIG",
                Files.writeString(folder.resolve("kubeconfig"), """
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: fleet, cluster: {server: "%s"}}]
                        users: [{name: dana, user: {}}]
                        contexts: [{name: fleet, context: {cluster: fleet, user: dana}}]
                        current-context: fleet
                        """.formatted(url))
                        .toString());
        return builder.start();
    }

    private Path configuration(Instant window, int port, int management) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (int number = 0; number < targets; number++) {
            StandingTarget target = StandingCluster.target(number, pods, NAMESPACES, window);
            files.merge(
                    target.namespace() + ".yaml",
                    applies ? target.manifests() + "---\n" + target.schedule() : target.schedule(),
                    (one, other) -> one + "---\n" + other);
        }
        String source;
        try (Operator operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana")) {
            operator.commit("the fleet", files);
            source = operator.url();
        }
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.log.format = text\n"
                        + "tidewatch.http.address = 127.0.0.1:" + port
                        + "\ntidewatch.management.address = 127.0.0.1:" + management + "\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: fleet, url: '" + source + "', ref: main, apply: " + (applies ? "all" : "none")
                        + "}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        return config;
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private void awaitConverged(Process product, int port) throws InterruptedException, IOException {
        Instant started = Instant.now();
        long converged = 0;
        while (converged < targets) {
            Thread.sleep(1_000);
            if (!product.isAlive() || Instant.now().isAfter(started.plus(LONGEST))) {
                throw new IllegalStateException(
                        converged + " of " + targets + " targets have converged; alive: " + product.isAlive());
            }
            converged = converged(port);
        }
        System.out.printf(
                "%d targets of %d pods in %d namespaces, %s, all Converged %d s after exec%n",
                targets,
                pods,
                NAMESPACES,
                applies ? "apply: all" : "apply: none",
                Duration.between(started, Instant.now()).toSeconds());
    }

    /** As a kubelet and Prometheus ask over time. */
    private static void probe(int management) throws IOException, InterruptedException {
        for (int i = 0; i < PROBES; i++) {
            for (String path : List.of("/observe/health/live", "/observe/health/ready", "/observe/metrics")) {
                URI uri = URI.create("http://127.0.0.1:" + management + path);
                HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            }
        }
    }

    private static long converged(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            JsonNode status =
                    JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
            long converged = 0;
            for (JsonNode row : status.path("targets")) {
                converged += row.path("state").asText().equals("Converged") ? 1 : 0;
            }
            return converged;
        } catch (IOException notYet) {
            return 0;
        }
    }
}
