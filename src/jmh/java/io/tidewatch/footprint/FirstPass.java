package io.tidewatch.footprint;

import io.tidewatch.playground.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints how long after exec {@code run} has written the minimums of all targets, each time with an empty state directory and a commit
 * that raises them. The API server is the playground's, in a process of its own; the product is the launcher's process. The API server's log says
 * when writes were answered.
 *
 * <p>Arguments: {@code TARGETSxROUNDS}, for example {@code 20x5}; then products that take turns, {@code ./tidewatch} by default. With
 * {@code FOOTPRINT_LOG} in the environment the output of the products goes there.
 */
public final class FirstPass {

    private static final int NAMESPACES = 4;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int targets;
    private final int rounds;
    private final List<String> products;
    private final Path folder;
    private final Instant window = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private FirstPass(String size, List<String> products, Path folder) {
        String[] numbers = size.split("x", -1);
        this.targets = Integer.parseInt(numbers[0]);
        this.rounds = Integer.parseInt(numbers[1]);
        this.products = products.isEmpty() ? List.of("./tidewatch") : products;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tidewatch-first-pass");
        try {
            new FirstPass(arguments[0], List.of(arguments).subList(1, arguments.length), folder).run();
        } finally {
            delete(folder);
        }
    }

    private void run() throws IOException, InterruptedException {
        Process cluster = Footprint.cluster(targets, 1, NAMESPACES, window);
        try (BufferedReader answers = cluster.inputReader();
                OutputStream orders = cluster.getOutputStream();
                Operator operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana")) {
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: fleet, cluster: {server: "%s"}}]
                    users: [{name: dana, user: {}}]
                    contexts: [{name: fleet, context: {cluster: fleet, user: dana}}]
                    current-context: fleet
                    """.formatted(answers.readLine()));
            int minimum = 1;
            for (int round = 0; round <= rounds; round++) {
                for (String product : products) {
                    minimum++;
                    operator.commit("minimum " + minimum, files(minimum));
                    start(product, kubeconfig, operator.url(), orders, answers, round == 0);
                }
            }
        } finally {
            cluster.destroy();
        }
    }

    private void start(
            String product,
            Path kubeconfig,
            String source,
            OutputStream orders,
            BufferedReader answers,
            boolean isWarmUp)
            throws IOException, InterruptedException {
        Path config = configuration(source);
        ProcessBuilder builder = new ProcessBuilder(product, "run", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of(System.getenv().getOrDefault("FOOTPRINT_LOG", "/dev/null"))
                                .toFile()));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Day.order(orders, 'c');
        long exec = System.currentTimeMillis();
        Process run = builder.start();
        long[] written = new long[0];
        while (written.length < targets && System.currentTimeMillis() < exec + LONGEST.toMillis()) {
            TimeUnit.MILLISECONDS.sleep(50);
            Day.order(orders, 'w');
            String line = answers.readLine();
            written = line.isEmpty()
                    ? written
                    : Stream.of(line.split(" "))
                            .mapToLong(Long::parseLong)
                            .sorted()
                            .toArray();
        }
        Duration cpu = run.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
        run.destroy();
        run.waitFor();
        delete(config.getParent());
        if (!isWarmUp) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d of %d written, the first %d ms after exec, the last %d ms; CPU until then %d ms%n",
                    product,
                    written.length,
                    targets,
                    written.length == 0 ? -1 : written[0] - exec,
                    written.length == 0 ? -1 : written[written.length - 1] - exec,
                    cpu.toMillis());
        }
    }

    private Map<String, String> files(int minimum) {
        Map<String, String> files = new TreeMap<>();
        for (int number = 0; number < targets; number++) {
            StandingTarget target = StandingCluster.target(number, 1, NAMESPACES, window);
            files.put(target.name() + ".yaml", """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: %1$s, namespace: %2$s}
                    spec:
                      scaledObjectRef: {name: %1$s}
                      timeZone: UTC
                      baseline: {minReplicas: 1}
                      windows:
                        - {name: always, start: "0 0 * * *", duration: 24h, minReplicas: %3$d}
                    """.formatted(target.name(), target.namespace(), minimum));
        }
        return files;
    }

    private Path configuration(String source) throws IOException {
        Path config = Files.createDirectories(folder.resolve("process/config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("process/state")
                        + "\ntidewatch.log.format = text\ntidewatch.cluster.maxWritesPerSecond = 1000\n"
                        + "tidewatch.http.address = 127.0.0.1:0\ntidewatch.management.address = 127.0.0.1:0\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: fleet, url: '" + source + "', ref: main, apply: none}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        return config;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
