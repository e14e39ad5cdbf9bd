package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.app.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message ends with a command that a tired person copies; here it is given a dump instead of a cluster. */
class MessageCommandTest {

    private static final Path MESSAGES = Path.of("src/test/resources/alert");
    private static final Path DUMP = Path.of("src/test/resources/cases/unschedulable.yaml");
    private static final String OURS = "./tidewatch ";
    private static final String STEPS = """
            {"at": "2026-11-22T13:42:30Z", "steps": [{"target": "shop/cart", "window": "midnight-peak", "to": 7,
            "scheduled": "2026-11-22T13:31:00Z", "started": "2026-11-22T13:31:00Z", "patched": "2026-11-22T13:31:00Z",
            "hpa": "2026-11-22T13:31:12Z", "ready": "2026-11-22T13:42:00Z", "lag": "PT11M",
            "verdict": "AvailabilityLag", "commit": "5c7eee0", "author": "Dana"}]}
            """;

    /** 1: something is in trouble there, and that was understood. */
    @ParameterizedTest
    @ValueSource(strings = {"lag-begins.txt", "stale-begins.txt", "several-begin.txt"})
    void theCommandUnderstandsTheDumpThatItIsFed(String message) throws IOException {
        assertThat(run(command(message)
                        .replace(" cart ", " checkout ")
                        .replace("-n shop", "-n x-unschedulable")
                        .replaceAll("--wanted [57]", "--wanted 8")))
                .isEqualTo(1);
    }

    /** The problem is gone: what is left to read are the steps. */
    @ParameterizedTest
    @ValueSource(strings = {"lag-ends.txt", "several-end.txt"})
    void theCommandAfterTheEndShowsTheStepsOfTheTarget(String message, @TempDir Path config) throws IOException {
        HttpServer reconciler = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        reconciler.createContext("/history", exchange -> {
            byte[] answer = STEPS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        reconciler.start();
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + reconciler.getAddress().getPort() + "\n");
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            assertThat(Main.execute((command(message) + " --config " + config).split(" ")))
                    .isZero();
        } finally {
            System.setOut(before);
            reconciler.stop(0);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("shop/cart  midnight-peak  7");
    }

    @Test
    void aTargetThatIsNotThereIsNotMistakenForTrouble() throws IOException {
        assertThat(run(command("lag-begins.txt"))).isEqualTo(2);
    }

    private static String command(String message) throws IOException {
        String text = Files.readString(MESSAGES.resolve(message));
        return text.substring(text.lastIndexOf(OURS) + OURS.length()).strip();
    }

    private static int run(String command) throws IOException {
        InputStream before = System.in;
        try (InputStream dump = Files.newInputStream(DUMP)) {
            System.setIn(dump);
            return Main.execute((command + " --cluster-state -").split(" "));
        } finally {
            System.setIn(before);
        }
    }
}
