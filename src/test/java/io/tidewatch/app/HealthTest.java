package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kubelet is answered by the running application. */
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int port = FreePort.any();
    private final List<Integer> exits = new CopyOnWriteArrayList<>();

    /** A standstill in seconds instead of minutes. */
    private WatchdogLimits limits() {
        return new WatchdogLimits(
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", port)),
                exits::add);
    }

    @Test
    void itIsReadyOnceGitWasReadStaysSoInAnOutageAndIsRedWhenAPassHangs() throws IOException {
        Path git = Files.createDirectory(folder.resolve("git"));
        CountDownLatch hanging = new CountDownLatch(1);
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client();
                Operator operator = Operator.start(git, "Dana")) {
            Path bare = git.resolve("deploy.git");
            operator.commit(
                    "the shop",
                    Map.of("checkout.yaml", Files.readString(Path.of("src/playground/resources/demo/checkout.yaml"))));
            Files.move(bare, git.resolve("away"));
            try (Reconciler running = Reconciler.start(
                    configuration(operator),
                    client,
                    Timeline.real(),
                    Path.of("."),
                    RunMode.ACT,
                    limits(),
                    line -> {})) {
                await("alive", () -> code("live") == 200);
                await("Git's trouble", () -> body("ready").contains("no source has been read yet"));
                assertThat(code("ready")).isEqualTo(503);

                Files.move(git.resolve("away"), bare);
                await("readiness", () -> code("ready") == 200);
                assertThat(body("ready")).contains("\"start\"", "\"watches\"", "\"election\"");
                assertThat(code("live")).isEqualTo(200);

                server.goDown();
                ProducerTemplate template = running.camel().createProducerTemplate();
                for (int pass = 0; pass < 3; pass++) {
                    template.sendBody("direct:request-pass", "deadline");
                }
                assertThat(code("live")).isEqualTo(200);
                assertThat(code("ready")).isEqualTo(200);

                hangIn("plan", hanging, running);
                template.sendBody("direct:request-pass", "deadline");
                await("a red light", () -> isRed("live", "a pass has made no progress", "in stage plan"));
                await("a red light for traffic", () -> code("ready") == 503);
                await("the end", () -> exits.contains(WatchdogLimits.STOOD_STILL));
                hanging.countDown();
                await("the green light", () -> code("live") == 200);
            }
        }
    }

    @Test
    void aTakenPortIsReportedWithItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client();
                Operator operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana")) {
            assertThat(taken.isBound()).isTrue();
            Configuration configuration = configuration(operator);

            assertThatThrownBy(() -> Reconciler.start(
                                    configuration,
                                    client,
                                    Timeline.real(),
                                    Path.of("."),
                                    RunMode.ACT,
                                    limits(),
                                    line -> {})
                            .close())
                    .hasMessageStartingWith(
                            "tidewatch.management.address: nothing can listen at 127.0.0.1:" + port + ": ");
        }
    }

    private static void hangIn(String stage, CountDownLatch until, Reconciler running) {
        try {
            AdviceWith.adviceWith(
                    running.camel(), stage, route -> route.interceptFrom().process(pass -> until.await()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration configuration(Operator operator) {
        ConfigurationResult read = ConfigurationReader.read(
                Map.of(
                        "application.properties",
                        "tidewatch.state.directory = " + folder.resolve("state")
                                + "\ntidewatch.http.address = 127.0.0.1:0\n",
                        "sources.yaml",
                        "sources: [{name: shop, url: '" + operator.url() + "', ref: main, interval: 1s}]\n",
                        "alerts.yaml",
                        "receivers: []\n"),
                Map.of(),
                path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    /** In one answer: a process that was frozen for a moment is green again until it has stood still for as long once more. */
    private boolean isRed(String check, String... words) {
        return ask(check)
                .filter(answer -> answer.statusCode() == 503)
                .filter(answer -> List.of(words).stream().allMatch(answer.body()::contains))
                .isPresent();
    }

    private int code(String check) {
        return ask(check).map(HttpResponse::statusCode).orElse(0);
    }

    private String body(String check) {
        return ask(check).map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> ask(String check) {
        try {
            return Optional.of(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/" + check))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier there) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(until);
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
