package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.Playground;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with the class path of an image, and no folder of routes, reconciles. {@link ImageIT} starts the image itself. */
@Tag("full")
class ProductProcessTest {

    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    @Test
    void itAppliesACommitObservesThePodsAndEndsOnRequest() throws IOException, InterruptedException {
        try (Playground playground = PlayedShop.start(Files.createDirectory(folder.resolve("git")))) {
            Process product = product(playground);
            try {
                assertThat(ProcessLines.until(" available target=shop/checkout ", product))
                        .anyMatch(line -> line.contains(" applied target=shop/checkout "));

                product.destroy();
                assertThat(product.waitFor(ProcessLines.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(product.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            } finally {
                product.destroyForcibly();
            }
        }
    }

    private Process product(Playground playground) throws IOException {
        Path config = Files.createDirectory(folder.resolve("config"));
        PlayedShop.configure(
                config,
                PlayedShop.source(playground.operator().url()),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n");
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
}
