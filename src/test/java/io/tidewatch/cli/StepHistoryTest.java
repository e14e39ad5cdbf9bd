package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} with the steps that the targets really made. */
class StepHistoryTest {

    private static final String DEFINITIONS = "src/test/resources/definitions/progress-deadlines/";
    private static final String CODE = "[progress-deadline-below-history]";

    @TempDir
    Path folder;

    @Test
    void aDeadlineBelowTheSlowestStepIsAWarningWithWhatToWrite() throws IOException {
        Typed typed = validate(history(
                step("shop/right", "13:30:10", "13:46:11", 7),
                step("shop/right", "13:30:10", "13:31:00", 7),
                step("shop/short", "13:30:10", "13:40:10", 7),
                step("shop/unset", "13:30:10", "13:40:11", 7)));

        assertThat(typed.err()).isEmpty();
        assertThat(typed.out().lines().filter(line -> line.contains(CODE)))
                .containsExactly(
                        "warning  " + DEFINITIONS + "right.yaml:9: spec.progressDeadlineSeconds: 900 s is shorter than"
                                + " the slowest step of shop/right in its history: its pods came 16 min 1 s after the"
                                + " HPA's minimum (minimum 7, due at 2026-11-22T13:30:00Z). If that was no exception,"
                                + " write 1500 or more " + CODE,
                        "warning  " + DEFINITIONS + "unset.yaml:9: spec.progressDeadlineSeconds: 600 s (not set) is"
                                + " shorter than the slowest step of shop/unset in its history: its pods came 10 min"
                                + " 1 s after the HPA's minimum (minimum 7, due at 2026-11-22T13:30:00Z). If that was"
                                + " no exception, write 960 or more " + CODE);
    }

    @Test
    void aStepThatNeverCameToItsPodsDoesNotCountAndOneThatSkippedTheHpaCountsFromItsWrite() throws IOException {
        String never = step("shop/right", "13:30:10", "13:59:00", 7).replace("\"2026-11-22T13:59:00Z\"", "null");
        String unseen = step("shop/short", "13:30:10", "13:40:11", 7)
                .replace("\"hpa\": \"2026-11-22T13:30:10Z\"", "\"hpa\": null");

        assertThat(validate(history(never, unseen)).out().lines().filter(line -> line.contains(CODE)))
                .singleElement()
                .asString()
                .contains("short.yaml", "its pods came 10 min 6 s after");
    }

    @Test
    void theStepsMayComeFromStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(Files.readAllBytes(history(step("shop/right", "13:30:10", "13:46:11", 7)))));
        try {
            assertThat(Typed.of("validate", DEFINITIONS, "--history-file", "-").out())
                    .contains(CODE);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void theStepsMayBeThoseOfTheRunningReconciler() throws IOException {
        byte[] steps = Files.readAllBytes(history(step("shop/right", "13:30:10", "13:46:11", 7)));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/history", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, steps.length);
                exchange.getResponseBody().write(steps);
            }
        });
        server.start();
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + server.getAddress().getPort() + "\n");
        try {
            assertThat(Typed.of("validate", DEFINITIONS, "--history", "--config", config.toString())
                            .out())
                    .contains("right.yaml:9: spec.progressDeadlineSeconds: 900 s is shorter than the slowest step");
        } finally {
            server.stop(0);
        }
        assertRejected(
                Typed.of("validate", DEFINITIONS, "--history", "--config", config.toString()),
                "no reconciler answers (is tidewatch run running, with this configuration?)");
    }

    @Test
    void whatIsNoHistoryIsRejectedInOneLine() throws IOException {
        assertRejected(validate(written("{\n  \"steps\": [}")), ".json:2: no JSON: ");
        assertRejected(validate(written("{\"targets\": []}")), "has no list of steps; write it with tidewatch history");
        assertRejected(
                validate(history(step("checkout", "13:30:10", "13:31:00", 7))),
                "step 1 cannot be read: target is \"checkout\", not NAMESPACE/NAME");
        assertRejected(
                validate(history(step("shop/checkout", "13:30:10", "soon", 7))), "step 1 cannot be read: Text '");
        assertRejected(
                Typed.of("validate", DEFINITIONS, "--history", "--history-file", "x.json"),
                "--history and --history-file exclude each other");
        assertRejected(Typed.of("validate", DEFINITIONS, "--history-file", "none.json"), "none.json cannot be read");
    }

    private static void assertRejected(Typed typed, String said) {
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines()).as(typed.err()).hasSize(1);
        assertThat(typed.err()).contains(said);
    }

    private static Typed validate(Path history) {
        return Typed.of("validate", DEFINITIONS, "--history-file", history.toString());
    }

    private Path history(String... steps) throws IOException {
        return written("{\"at\": \"2026-11-23T00:00:00Z\", \"steps\": [" + String.join(", ", steps) + "]}");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("history.json"), text, StandardCharsets.UTF_8);
    }

    /** With the times of day of 22 November. */
    private static String step(String target, String hpa, String ready, int to) {
        return """
            {"target": "%s", "to": %d, "scheduled": "2026-11-22T13:30:00Z", "patched": "2026-11-22T13:30:05Z", \
            "hpa": "2026-11-22T%sZ", "ready": "2026-11-22T%sZ"}""".formatted(target, to, hpa, ready);
    }
}
