package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that it needs is there when it starts: it says so once, waits, says that it is there, and does its work. */
class BadStartTest {

    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");
    private static final double SPEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              windows:
                - {name: peak, from: 2026-11-22T11:00, until: 2026-11-24T11:00, minReplicas: 7}
            """;

    @TempDir
    Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<String> tellers = new ConcurrentLinkedQueue<>();

    @Test
    void serverGitCrdAndRightsComeOneAfterTheOther() throws IOException {
        Path git = Files.createDirectory(folder.resolve("git"));
        try (PlaygroundClock clock = PlaygroundClock.startingAt(NOON, SPEED);
                PlaygroundApiServer server = PlaygroundApiServer.start(clock);
                KubernetesClient client = server.client();
                Operator operator = Operator.start(git, "Dana")) {
            namespace(client);
            operator.commit(
                    "the shop",
                    Map.of(
                            "checkout.yaml",
                            Files.readString(Path.of("src/playground/resources/demo/checkout.yaml")),
                            "schedule.yaml",
                            SCHEDULE));
            Files.move(git.resolve("deploy.git"), git.resolve("away"));
            server.strikeWith((moment, call) -> call.path().startsWith("/apis/keda.sh")
                    ? Fault.error(404)
                    : call.path().endsWith("/pods") ? Fault.error(403) : Fault.NONE);
            server.grant(
                    right -> !(right.verb().equals("patch") && right.resource().equals("replicasets"))
                            && !right.resource().equals("pods"));
            server.goDown();

            Reconciler running = Reconciler.start(
                    configuration(operator),
                    client,
                    new PlaygroundTimeline(clock),
                    Path.of("."),
                    RunMode.ACT,
                    entry -> {
                        said.add(entry.text());
                        tellers.add(Thread.currentThread().getName());
                    });
            try {
                awaited(() -> heard(" does not answer: ") && heard("source shop: there is no repository at file:"));

                server.comeBack();
                awaited(() -> heard("connected to http://127.0.0.1:")
                        && heard(
                                "no CRD of keda.sh: ScaledObjects are neither read nor written until it is installed"));
                assertThat(said).contains("Rollout v1alpha1 served");

                Files.move(git.resolve("away"), git.resolve("deploy.git"));
                awaited(
                        () -> heard("source shop: answers again after ")
                                && heard("ScaledObjects are not served by ")
                                && heard(
                                        "missing permission to patch replicasets.apps in shop: cannot nudge a ReplicaSet")
                                && heard(
                                        "missing permission to list and watch pods in shop: cannot tell why pods are unavailable ("));

                server.strikeWith((moment, call) -> Fault.NONE);
                server.grant(right -> true);
                awaited(() -> heard("the CRD of keda.sh is installed now: ScaledObjects are read and written")
                        && heard("permission granted: patch replicasets.apps in shop")
                        && heard(" answers, everything is watched again"));
                awaited(() -> minimum(client).equals(Optional.of(7)));
            } finally {
                running.close();
            }
        }
        assertThat(said.stream().filter(line -> line.contains(" does not answer: ")))
                .hasSize(1);
        assertThat(said.stream().filter(line -> line.startsWith("source shop: there is no repository")))
                .hasSize(1);
        assertThat(tellers)
                .as("what is said is written to the disk first, for which no event loop may wait")
                .noneMatch(thread -> thread.startsWith("vert.x"));
        assertThat(said.stream().filter(line -> line.startsWith("missing permission to ")))
                .as("each missing right once")
                .hasSize(2);
        assertThat(said).noneMatch(line -> line.contains("Exception") || line.contains("\tat "));
    }

    private boolean heard(String words) {
        return said.stream().anyMatch(line -> line.contains(words));
    }

    private static Optional<Integer> minimum(KubernetesClient client) {
        GenericKubernetesResource found = client.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName("checkout")
                .get();
        return Optional.ofNullable(found).map(object -> object.get("spec", "minReplicaCount"));
    }

    private void awaited(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail(String.join("\n", said));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Configuration configuration(Operator operator) {
        ConfigurationResult read = ConfigurationReader.read(
                Map.of(
                        "application.properties",
                        "tidewatch.state.directory = " + folder.resolve("state")
                                + "\ntidewatch.http.address = 127.0.0.1:0\n",
                        "sources.yaml",
                        "sources: [{name: shop, url: '" + operator.url() + "', ref: main, interval: 20s}]\n"),
                Map.of(),
                path -> Optional.empty());
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private static void namespace(KubernetesClient client) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
    }
}
