package io.tidewatch.night;

import static io.tidewatch.night.TwoSources.CROWD;
import static io.tidewatch.night.TwoSources.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.night.TwoSources.Window;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wall clock of a real process is set forward and back by hours while it runs. libfaketime does that for this process alone
 * and leaves the monotonic clock as it is, like a clock that is set. What is done is done by the new time, and what waited for an
 * instant of the old one does not keep waiting for it.
 */
@Tag("full")
class SetClockTest {

    /** The first target is the one whose lag was found first. */
    private static final String BOTH = "\\*(crowd/t-1, good/t-1|good/t-1, crowd/t-1)";

    @TempDir
    private Path folder;

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
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void edgesAreCarriedOutAndCommitsReadByTheNewTime() throws IOException {
        Instant begins = Instant.now();
        Window later = new Window("later", begins.plus(Duration.ofHours(1)), begins.plus(Duration.ofHours(3)));
        set(Duration.ZERO);
        try (TwoSources sources = new TwoSources(folder, begins, 1, 1);
                ReconcilerProcess process =
                        ReconcilerProcess.spawn(environment(), ReconcilerMain.REAL_CLOCK, ReconcilerMain.ENDS)) {
            sources.commit(CROWD, 1, List.of(later));
            String first = sources.commit(GOOD, 1, List.of(later));
            process.awaitReady();
            sources.startIn(
                    process,
                    "interval: 5s",
                    "receivers: [{name: chat, type: slack, webhookUrl: 'http://127.0.0.1:"
                            + chat.getAddress().getPort() + "/hook'}]\ndefault: [chat]\n");
            sources.await("it is read", () -> said(process, commitRead(first)).isPresent());
            assertThat(sources.minimum(GOOD)).isEqualTo(1);

            set(Duration.ofMinutes(70));
            sources.await("the edge that was an hour away", () -> sources.minimum(GOOD) == 2);
            sources.await("forward is noticed", () -> logged(process, "the clock was set forward by"));
            sources.await("the lag is told", () -> !told.isEmpty());

            set(Duration.ofMinutes(-50));
            sources.await("back is noticed", () -> logged(process, "the clock was set back by"));
            sources.await("before the window there is no raise", () -> sources.minimum(GOOD) == 1);
            Instant opens = Instant.now().minus(Duration.ofMinutes(50)).plusSeconds(75);
            String second = sources.commit(
                    GOOD, 1, List.of(later, new Window("sooner", opens, opens.plus(Duration.ofMinutes(30)), 3)));
            sources.await(
                    "the new commit is read",
                    () -> said(process, commitRead(second)).isPresent());
            sources.await("the end of the lag is told, before another begins", () -> told.size() == 2);
            assertThat(sources.minimum(GOOD)).isEqualTo(1);
            sources.await("its edge is carried out", () -> sources.minimum(GOOD) == 3);
            sources.await("its lag is told", () -> told.size() == 3);

            assertThat(at(said(process, commitRead(second)).orElseThrow()))
                    .as("the edge was armed before it came")
                    .isBefore(opens);
            assertThat(steps(process, GOOD + "/t-1"))
                    .as("one write an edge, by the new time")
                    .satisfiesExactly(
                            opened -> assertThat(opened).contains("window later opens, 10 min late: minimum 1 → 2"),
                            ended -> assertThat(ended).contains("window ends: minimum 2 → 1"),
                            again -> {
                                assertThat(again).contains("window sooner opens: minimum 1 → 3");
                                assertThat(at(again)).isAfterOrEqualTo(opens);
                            });
            assertThat(process.said())
                    .as("no incident of Tidewatch itself")
                    .noneMatch(line -> line.contains(" - incident-opened: "));
            assertThat(told)
                    .as("each once: the lag of both targets, its end, the lag at the second edge")
                    .satisfiesExactly(
                            lag -> assertThat(lag).containsPattern(BOTH + ": KedaNotFollowing"),
                            over -> assertThat(over).containsPattern(BOTH + ": resolved after 0 s"),
                            next -> assertThat(next)
                                    .contains("*good/t-1: the HPA")
                                    .contains("the ScaledObject")
                                    .contains("KEDA has not carried the minimum on"));
            assertThat(process.errors().stream().filter(line -> line.contains("the clock was set")))
                    .as("each leap is said once")
                    .satisfiesExactly(
                            forward -> assertThat(forward).contains("forward by 4"),
                            back -> assertThat(back).contains("back by 7"));
            assertThat(process.errors())
                    .as("what the watchdog had to ask for, since nothing else did")
                    .noneMatch(line -> line.contains("requesting a pass"));
            assertThat(process.isAlive()).isTrue();
        }
    }

    /** What was written for a target, in this order. */
    private static List<String> steps(ReconcilerProcess process, String target) {
        return process.said().stream()
                .filter(line -> line.contains(" " + target + " minimum-set: "))
                .toList();
    }

    /** Its clock shows the time of this machine and so much more from now on. */
    private void set(Duration ahead) throws IOException {
        FakeTime.set(clock(), ahead);
    }

    private Path clock() {
        return folder.resolve("clock");
    }

    private Map<String, String> environment() {
        return FakeTime.environment(clock());
    }

    private static String commitRead(String commit) {
        return " commit-read: commit " + commit.substring(0, 7);
    }

    private static Instant at(String line) {
        return Instant.parse(line.substring(0, line.indexOf(' ')));
    }

    private static Optional<String> said(ReconcilerProcess process, String words) {
        return process.said().stream().filter(line -> line.contains(words)).findFirst();
    }

    private static boolean logged(ReconcilerProcess process, String words) {
        return process.errors().stream().anyMatch(line -> line.contains(words));
    }
}
