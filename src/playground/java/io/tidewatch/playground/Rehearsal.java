package io.tidewatch.playground;

import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the product do its work once on the playground: verbs on files, then {@code run} up to its first write. The process of
 * the product is the caller's command, so that its JVM can write the classes that were loaded into an archive as it ends.
 */
public final class Rehearsal {

    private static final String WRITTEN = " applied target=shop/checkout ";
    private static final long LONGEST_SECONDS = 60;

    private Rehearsal() {}

    /**
     * Exits with 0 where the first write came, and the process of the product has ended since.
     *
     * @param command starts {@code io.tidewatch.app.Rehearsal}, without its arguments
     */
    public static void main(String[] command) throws IOException, InterruptedException {
        System.exit(rehearse(List.of(command)) ? 0 : 1);
    }

    /** @return whether the first write came, and the process has ended since */
    static boolean rehearse(List<String> command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tidewatch-rehearsal");
        try {
            return rehearse(folder, command);
        } finally {
            delete(folder);
        }
    }

    private static boolean rehearse(Path folder, List<String> command) throws IOException, InterruptedException {
        try (Playground playground = Playground.start(
                Files.createDirectory(folder.resolve("git")),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                1,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_9_1))) {
            playground.createService("shop", "checkout");
            String definitions = checkout();
            playground.operator().commit("the shop", Map.of("checkout.yaml", definitions));
            Path file = Files.writeString(folder.resolve("checkout.yaml"), definitions);
            Process product = product(folder, playground, command, commands(file, configuration(folder, playground)));
            try {
                return isWrittenAndEnded(product);
            } finally {
                product.destroyForcibly();
            }
        }
    }

    private static List<String> commands(Path definitions, Path configuration) {
        String file = definitions.toString();
        String commands = "--version\n,\nvalidate\n" + file + "\n,\npreview\n" + file
                + "\n,\nplan\n--definitions\n" + file + "\n--cluster-state\n" + file
                + "\n,\ndiagnose\n--cluster-state\n" + file
                + "\n,\nrun\n--config\n" + configuration;
        return commands.lines().toList();
    }

    private static Process product(Path folder, Playground playground, List<String> command, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment()
                .put(
                        "KUBECONFIG",
                        Files.writeString(folder.resolve("kubeconfig"), playground.kubeconfig())
                                .toString());
        return builder.start();
    }

    /** A process that says nothing is stopped by a timer, which ends its output. */
    private static boolean isWrittenAndEnded(Process product) throws IOException, InterruptedException {
        Thread timer = new Thread(() -> stopLate(product), "rehearsal-timer");
        timer.setDaemon(true);
        timer.start();
        boolean written = false;
        try (BufferedReader lines = product.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!written && line.contains(WRITTEN)) {
                    written = true;
                    product.toHandle().destroy(); // leaves its output open: it is read to the end
                }
            }
        }
        return product.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && written;
    }

    private static void stopLate(Process product) {
        try {
            if (!product.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                product.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path configuration(Path folder, Playground playground) throws IOException {
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.log.format = text\n"
                        + "tidewatch.http.address = 127.0.0.1:0\ntidewatch.management.address = 127.0.0.1:0\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: main, interval: 10s}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        return config;
    }

    private static String checkout() throws IOException {
        try (InputStream text = Rehearsal.class.getResourceAsStream("/demo/checkout.yaml")) {
            if (text == null) {
                throw new IllegalStateException("checkout.yaml is missing from the build");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8) + """
                    ---
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: checkout, namespace: shop}
                    spec:
                      scaledObjectRef: {name: checkout}
                      timeZone: UTC
                      windows:
                        - {name: always, start: "0 0 * * *", duration: 24h, minReplicas: 7}
                    """;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
