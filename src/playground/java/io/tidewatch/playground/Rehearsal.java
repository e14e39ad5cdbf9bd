package io.tidewatch.playground;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    /** In the middle of the raise of the dump. */
    private static final String AT = "2026-11-30T22:31:00Z";

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
                        SimulationOptions.of(RolloutsVersion.V1_9_1));
                Answers answers = Answers.start()) {
            playground.createService("shop", "checkout");
            playground.operator().commit("the shop", Map.of("checkout.yaml", checkout()));
            String settings = "tidewatch.state.directory = " + folder.resolve("state")
                    + "\ntidewatch.log.format = text\ntidewatch.management.address = 127.0.0.1:0\ntidewatch.http.address = ";
            Path running = configuration(folder.resolve("running"), playground, settings + answers.address());
            Path own = configuration(folder.resolve("own"), playground, settings + "127.0.0.1:0");
            Process product = product(folder, playground, command, commands(files(folder), running, own));
            try {
                return isWrittenAndEnded(product);
            } finally {
                product.destroyForcibly();
            }
        }
    }

    /** The definitions of the demo, and a dump. */
    private static Path files(Path folder) throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("files/definitions"));
        for (String name : List.of("schedules.yaml", "checkout.yaml", "cart.yaml")) {
            Files.writeString(definitions.resolve(name), text("/demo/" + name));
        }
        Files.writeString(folder.resolve("files/dump.yaml"), text("/rehearsal/dump.yaml"));
        return folder.resolve("files");
    }

    /** Each verb that needs no cluster, as people ask and as scripts do; at the end the reconciler. */
    private static List<String> commands(Path files, Path running, Path own) {
        Path definitions = files.resolve("definitions");
        Path dump = files.resolve("dump.yaml");
        List<String> commands = new ArrayList<>(List.of("--version"));
        for (String format : List.of("table", "json")) {
            then(commands, "validate", definitions, "-o", format);
            then(commands, "preview", definitions, "-o", format);
            then(commands, "plan", "--definitions", definitions, "--cluster-state", dump, "--at", AT, "-o", format);
            then(commands, "diagnose", "--cluster-state", dump, "--at", AT, "-o", format);
            then(commands, "status", "--config", running, "-o", format);
            then(commands, "history", "--config", running, "-o", format);
        }
        then(commands, "run", "--config", own);
        return commands;
    }

    private static void then(List<String> commands, Object... command) {
        commands.add(",");
        for (Object argument : command) {
            commands.add(argument.toString());
        }
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

    private static Path configuration(Path config, Playground playground, String settings) throws IOException {
        Files.createDirectory(config);
        Files.writeString(config.resolve("application.properties"), settings + "\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: main, interval: 10s}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        return config;
    }

    private static String checkout() throws IOException {
        return text("/demo/checkout.yaml") + """
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

    private static String text(String resource) throws IOException {
        try (InputStream text = Rehearsal.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is missing from the build");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Answers {@code status} and {@code history} in place of a reconciler, which would have to run in a process of its own. */
    private record Answers(HttpServer server) implements AutoCloseable {

        private static final byte[] TEXT = """
                {"at": "%s", "warnings": [], "steps": [], "targets": [{"target": "shop/checkout", "window": "always", "min": 5,
                 "wanted": 7, "available": 5, "state": "Waiting", "age": "PT1S", "message": "at the HPA"}]}
                """.formatted(AT).getBytes(StandardCharsets.UTF_8);

        static Answers start() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, TEXT.length);
                    exchange.getResponseBody().write(TEXT);
                }
            });
            server.start();
            return new Answers(server);
        }

        String address() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
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
