package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pass that ends in a deadlock ends a real process, which tells of it, and the next one goes on. A real process that was stopped and
 * continued in the middle of a pass just goes on.
 */
@Tag("full")
class HangingProcessTest {

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer chat;

    @BeforeEach
    void listen() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        chat.start();
    }

    @AfterEach
    void close() {
        chat.stop(0);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aDeadlockEndsTheProcessWithThreeAndTheNextOneGoesOn() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process hanging = process("deadlock", log);
        try {
            assertThat(hanging.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        } finally {
            hanging.destroyForcibly();
        }

        assertThat(hanging.exitValue()).isEqualTo(WatchdogLimits.STOOD_STILL);
        assertThat(Files.readString(log))
                .contains("in stage plan; the process ends")
                .contains("2 threads wait for one another in a deadlock")
                .contains("HangingMain.inOrder");
        assertThat(told)
                .anySatisfy(message -> assertThat(message)
                        .contains("tidewatch: a pass has made no progress for")
                        .contains("in stage plan; the process ends"));
        WrittenRows rows = WrittenRows.in(folder.resolve("state"));
        assertThat(rows.openIncidents()).containsOnlyKeys(Target.ofTidewatch("loop"), Target.ofTidewatch("standstill"));

        Process next = process("healthy", folder.resolve("next"));
        try {
            awaitLine(next, folder.resolve("next"), "incident-ended");
            awaitMessage("tidewatch: resolved after");
        } finally {
            next.destroyForcibly();
            next.waitFor();
        }
        assertThat(rows.openIncidents()).isEmpty();
        assertThat(rows.entries(Instant.EPOCH, Instant.now()))
                .extracting(DiaryEntry::code)
                .contains("incident-opened", "incident-ended");
    }

    /** For longer than a pass may stand still; it was ended when it continued, before. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aProcessThatWasFrozenInAPassGoesOn() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process frozen = process("waits", log);
        try {
            awaitLine(frozen, log, "waits in stage plan");
            signal("STOP", frozen);
            awaitStandstillOf(HangingMain.STANDSTILL);
            signal("CONT", frozen);
            awaitLine(frozen, log, "the process was frozen for about");
            try (OutputStream input = frozen.getOutputStream()) {
                input.write('x');
            }
            awaitLine(frozen, log, "goes on after " + (int) 'x');

            assertThat(frozen.isAlive()).isTrue();
        } finally {
            frozen.destroyForcibly();
            frozen.waitFor();
        }
        assertThat(Files.readString(log)).doesNotContain("the process ends");
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** What is waited for is time itself: a little more than a pass may stand still. */
    private static void awaitStandstillOf(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.plusSeconds(1).toNanos();
        while (System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Process process(String mode, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HangingMain.class.getName(),
                        folder.resolve("state").toString(),
                        "http://127.0.0.1:" + chat.getAddress().getPort() + "/hook",
                        mode)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void awaitLine(Process process, Path log, String text) throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (BufferedReader lines = Files.newBufferedReader(log)) {
                if (lines.lines().anyMatch(line -> line.contains(text))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(Files.readString(log)).as("the process ended").contains(text);
    }

    private void awaitMessage(String text) throws InterruptedException {
        while (told.stream().noneMatch(message -> message.contains(text))) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
