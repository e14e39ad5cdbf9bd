package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.FreePort;
import io.tidewatch.app.Reconciler;
import io.tidewatch.build.PlayedShop;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Playground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that ask a running reconciler, and those that take a target out of its hands; the playground is the cluster. */
class RunningReconcilerTest {

    private static final String KUBECONFIG = "kubeconfig";
    private static final double SPEED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Playground playground;
    private static KubernetesClient client;
    private static Path config;
    private static int port;
    private Reconciler running;
    private final ConcurrentLinkedQueue<String> diary = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void play() throws IOException {
        playground = PlayedShop.start(Files.createDirectory(folder.resolve("git")), SPEED);
        client = playground.cluster().client();
        port = FreePort.any();
        config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:"
                        + port + "\n");
        Files.writeString(
                config.resolve("sources.yaml"),
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: main, interval: 10s}]\n");
        Files.writeString(config.resolve("alerts.yaml"), "receivers: []\n");
        Files.writeString(folder.resolve("kubeconfig"), playground.kubeconfig());
        System.setProperty(KUBECONFIG, folder.resolve("kubeconfig").toString());
    }

    private static long gets() {
        return playground.cluster().requests().entries().stream()
                .filter(request ->
                        request.verb().equals("get") && request.path().contains("/scaledobjects/"))
                .count();
    }

    @AfterAll
    static void end() {
        System.clearProperty(KUBECONFIG);
        client.close();
        playground.close();
    }

    @BeforeEach
    void start() {
        running = reconciler(config);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aNightInTheHandsOfAPerson() {
        JsonNode row = awaited(target -> target.path("state").asText().equals("Converged")
                && target.path("wanted").asInt() == 7);
        assertThat(row.path("window").asText()).isEqualTo("peak");
        assertThat(row.path("available").asInt()).isEqualTo(7);
        assertThat(OffsetDateTime.parse(row.path("next").asText())).isNotNull();
        assertThat(Duration.parse(row.path("age").asText())).isGreaterThanOrEqualTo(Duration.ZERO);

        Typed table = typed("status");
        assertThat(table.exitCode()).isZero();
        assertThat(table.out().lines().findFirst())
                .hasValueSatisfying(headings -> assertThat(headings.split(" +"))
                        .containsExactly(
                                "NAME", "WINDOW", "MIN", "READY", "READY", "AT", "STATE", "NEXT", "LEAD", "AGE",
                                "MESSAGE"));
        assertThat(table.out()).contains("shop/checkout  peak").contains("7/7").contains("Converged");
        assertThat(typed("status", "-n", "bank").out()).isEqualTo("no schedule has a target in bank\n");
        assertThat(typed("status", "-o", "yaml").out()).contains("target: shop/checkout");

        Typed history = typed("history", "checkout");
        assertThat(history.out().lines().findFirst())
                .hasValueSatisfying(headings -> assertThat(headings.split(" +"))
                        .containsExactly(
                                "NAME",
                                "WINDOW",
                                "MIN",
                                "SCHEDULED",
                                "STARTED",
                                "PATCHED",
                                "HPA",
                                "READY",
                                "READY",
                                "AT",
                                "LAG",
                                "ON",
                                "TIME",
                                "VERDICT",
                                "COMMIT",
                                "AUTHOR"));
        assertThat(history.out()).contains("shop/checkout  peak").contains("Dana");
        assertThat(history.out())
                .as("the ScaledObject is younger than the edge")
                .contains("Converged, created");
        assertThat(json("history", "-o", "json").path("steps"))
                .as("one row for one step")
                .filteredOn(step -> step.path("to").asInt() == 7)
                .hasSize(1);
        assertThat(typed("history", "--summary").out())
                .as("no step was due at an edge")
                .isEqualTo("no step at an edge yet\n");
        assertThat(typed("history", "shop/checkout").out()).isEqualTo(history.out());
        assertThat(typed("history", "cart").out()).isEqualTo("no step of cart yet\n");

        Typed held = typed("hold", "checkout", "-n", "shop", "--for", "12h", "--reason", "load test, ask Kim");
        assertThat(held.err()).isEmpty();
        assertThat(held.exitCode()).isZero();
        assertThat(held.out()).startsWith("shop/checkout  held until 20").endsWith(": load test, ask Kim\n");
        playground.operator().commit("more", Map.of("schedule.yaml", PlayedShop.schedule(9)));
        JsonNode deferred = awaited(target -> target.path("wanted").asInt() == 9
                && target.path("state").asText().equals("Deferred"));
        assertThat(deferred.path("message").asText()).startsWith("held until ").endsWith(": load test, ask Kim");
        assertThat(deferred.path("min").asInt()).isEqualTo(7);
        assertThat(typed("status").out()).contains("7 → 9").contains("Deferred");

        long read = gets();
        assertThat(typed("release", "checkout", "-n", "shop").out()).isEqualTo("shop/checkout  released\n");
        assertThat(gets()).as("the role of Tidewatch's own pod may not get").isEqualTo(read);
        JsonNode after = awaited(target ->
                target.path("min").asInt() == 9 && target.path("state").asText().equals("Converged"));
        assertThat(after.path("message").asText()).doesNotContain("held");
        Typed again = typed("release", "checkout", "-n", "shop");
        assertThat(again.out()).isEqualTo("shop/checkout  is not held\n");
        assertThat(again.exitCode()).isZero();

        breakGlassForAll();

        running.close();
        running = reconciler(config);
        String then = after.path("at").asText();
        awaited(target -> target.path("min").asInt() == 9);
        Typed past = typed("history", "checkout", "--at", then);
        assertThat(past.out()).startsWith("shop/checkout  Converged: ").contains("\n  desired  9\n");
        assertThat(json("history", "shop/checkout", "--at", then, "-o", "json")
                        .path("diagnoses")
                        .path(0)
                        .path("diagnosis")
                        .path("state")
                        .asText())
                .isEqualTo("Converged");
        assertThat(typed("history", "shop/checkout", "--at", "2020-01-01T00:00:00Z")
                        .out())
                .isEqualTo("shop/checkout  nothing is known of 2020-01-01T00:00:00Z\n");
        assertRejected(typed("history", "--at", then), "--at shows one target");
        assertRejected(typed("history", "nobody", "--at", then), "no schedule has a target nobody now");
        assertThat(json("history", "-o", "json").path("steps"))
                .as("the journal outlives the process")
                .hasSize(2)
                .allSatisfy(step -> assertThat(
                                OffsetDateTime.parse(step.path("scheduled").asText()))
                        .isNotNull());
    }

    @Test
    void aHoldWithoutAReasonOrOfAnUnknownTargetIsRejectedInOneLine() {
        assertRejected(typed("hold", "checkout", "-n", "shop", "--for", "1h"), "--reason");
        assertRejected(typed("hold", "checkout", "-n", "shop", "--for", "1h", "--reason", "  "), "--reason is empty");
        assertRejected(typed("hold", "checkout", "-n", "shop", "--for", "soon", "--reason", "x"), "write 2h, 90m");
        assertRejected(typed("hold", "checkout", "--for", "1h", "--reason", "x"), "--namespace");
        assertRejected(
                typed("hold", "chekout", "-n", "shop", "--for", "1h", "--reason", "x"),
                "scaledobjects.keda.sh \"chekout\" not found");
        assertRejected(typed("release", "chekout", "-n", "shop"), "scaledobjects.keda.sh \"chekout\" not found");
    }

    @Test
    void aSecondOneOnTheSamePortSaysSoAndDoesNotStart() throws IOException {
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.writeString(
                second.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("second-state")
                        + "\ntidewatch.http.address = 127.0.0.1:" + port + "\n");

        Typed run = Typed.of("run", "--config", second.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> !line.contains("[no-")))
                .containsExactly("tidewatch: tidewatch.http.address: nothing can listen at 127.0.0.1:" + port
                        + ": Address already in use");
    }

    /** A real process: within one the operating system's lock is not asked. */
    @Test
    void aSecondProcessOnTheSameStateDirectorySaysSoAndDoesNotStart() throws IOException, InterruptedException {
        Path second = Files.createDirectories(folder.resolve("same-state"));
        Files.writeString(
                second.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=logback.xml",
                        "-D" + KUBECONFIG + "=" + folder.resolve("kubeconfig"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.tidewatch.app.Main",
                        "run",
                        "--config",
                        second.toString())
                .start();
        try {
            String err = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(err.lines().filter(line -> !line.contains("[no-")))
                    .containsExactly("tidewatch: another tidewatch (process "
                            + ProcessHandle.current().pid() + ") uses tidewatch.state.directory "
                            + folder.resolve("state").toAbsolutePath()
                            + "; stop that process, or give each process its own directory");
            assertThat(out).isEmpty();
            assertThat(run.exitValue()).isEqualTo(2);
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void aReconcilerThatDoesNotAnswerIsReportedInOneLineAndWithDebugInFull() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(
                elsewhere.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + FreePort.any() + "\n");

        assertRejected(Typed.of("status", "--config", elsewhere.toString()), "no reconciler answers (is");
        assertRejected(Typed.of("history", "--config", elsewhere.toString()), "no reconciler answers (is");
        Typed debugged = Typed.of("status", "--debug", "--config", elsewhere.toString());
        assertThat(debugged.exitCode()).isEqualTo(2);
        assertThat(debugged.err()).contains("\n\tat io.tidewatch.");
    }

    private void breakGlassForAll() {
        String[] hold = {"hold", "--all", "--for", "12h", "--reason", "all hands off", "--config", config.toString()};
        Typed held = Typed.of(hold);
        assertThat(held.err()).isEmpty();
        assertThat(held.out()).startsWith("1 target  held until 20").endsWith(": all hands off\n");
        awaited(target -> target.path("held").asText().endsWith(": all hands off"));
        assertThat(typed("status").out()).startsWith("1 of 1 target held until 20");

        Typed released = Typed.of("release", "--all", "-n", "shop", "--config", config.toString());
        assertThat(released.out()).isEqualTo("1 target  released\n");
        assertThat(released.exitCode()).isZero();
        awaited(target -> target.path("held").isNull());
        assertThat(Typed.of("release", "--all", "--config", config.toString()).out())
                .isEqualTo("0 targets  released\n");
    }

    @Test
    void statusAndHistoryNeedNoSecretOfTheSources() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.copy(
                config.resolve("application.properties"),
                mine.resolve("application.properties"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(mine.resolve("sources.yaml"), "sources: [{auth: '${file:/run/secrets/not-mine}'}]\n");

        assertThat(Typed.of("status", "--config", mine.toString()).exitCode()).isZero();
    }

    private static void assertRejected(Typed typed, String said) {
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("tidewatch: ").contains(said);
        assertThat(typed.err().lines()).as(typed.err()).hasSize(1);
    }

    private JsonNode awaited(Predicate<JsonNode> desired) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode last = json("status", "-o", "json");
        while (System.nanoTime() < end) {
            JsonNode target = last.path("targets").path(0);
            if (desired.test(target)) {
                return target;
            }
            pause();
            last = json("status", "-o", "json");
        }
        return fail(last + "\n" + String.join("\n", diary));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with the running one's configuration, where the verb asks it. */
    private static Typed typed(String verb, String... rest) {
        return verb.equals("status") || verb.equals("history")
                ? Typed.of(with(verb, rest, "--config", config.toString()))
                : Typed.of(with(verb, rest));
    }

    private static String[] with(String verb, String[] rest, String... further) {
        String[] all = new String[1 + rest.length + further.length];
        all[0] = verb;
        System.arraycopy(rest, 0, all, 1, rest.length);
        System.arraycopy(further, 0, all, 1 + rest.length, further.length);
        return all;
    }

    private static JsonNode json(String verb, String... rest) {
        Typed typed = typed(verb, rest);
        assertThat(typed.err()).isEmpty();
        try {
            return JsonMapper.builder().build().readTree(typed.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reconciler reconciler(Path folder) {
        return Reconciler.start(
                Configurations.read(Optional.of(folder)),
                client,
                new PlaygroundTimeline(playground.clock()),
                Path.of("."),
                RunMode.ACT,
                entry -> diary.add(entry.at() + " " + entry.code() + " " + entry.text()));
    }
}
