package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.Playground;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with the class path of an image, and no folder of routes, reconciles. */
@Tag("full")
class ProductProcessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    @Test
    void itAppliesACommitObservesThePodsAndEndsOnRequest() throws IOException, InterruptedException {
        try (Playground playground = Playground.start(
                Files.createDirectory(folder.resolve("git")),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                1,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_9_1))) {
            playground.createService("shop", "checkout");
            playground
                    .operator()
                    .commit(
                            "the shop",
                            Map.of(
                                    "checkout.yaml",
                                    Files.readString(Path.of("src/playground/resources/demo/checkout.yaml")),
                                    "schedule.yaml",
                                    schedule()));
            Process product = product(playground);
            try {
                assertThat(linesUntil(" available target=shop/checkout ", product))
                        .anyMatch(line -> line.contains(" applied target=shop/checkout "));

                product.destroy();
                assertThat(product.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(product.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            } finally {
                product.destroyForcibly();
            }
        }
    }

    private Process product(Playground playground) throws IOException {
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: main, interval: 10s}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), playground.kubeconfig());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dtidewatch.home=" + Files.createDirectory(folder.resolve("home")),
                        "-Dkubeconfig=" + kubeconfig,
                        "-cp",
                        "target/classes" + File.pathSeparator + "target/lib/*",
                        "io.tidewatch.app.Main",
                        "run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** What the process prints, up to a line that holds a text. */
    private static List<String> linesUntil(String text, Process product) throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> found = CompletableFuture.supplyAsync(() -> read(product, text, lines));
        try {
            assertThat(found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> String.join("\n", lines))
                    .isTrue();
            return lines;
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(String.join("\n", lines), e);
        }
    }

    private static boolean read(Process product, String text, List<String> lines) {
        BufferedReader reader = product.inputReader();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One window, open for two days. */
    private static String schedule() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: checkout, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  windows:
                    - {name: peak, from: "%s", until: "%s", minReplicas: 7}
                """.formatted(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(48)));
    }
}
