package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.AdviceWith;

/**
 * The application in a process of its own, with minutes as seconds. Where that is asked for, its second pass ends in a deadlock, or
 * waits for a byte of its input.
 */
final class HangingMain {

    /** After so much time without progress in a pass it ends. */
    static final Duration STANDSTILL = Duration.ofSeconds(5);

    private static final Object ONE = new Object();
    private static final Object OTHER = new Object();

    private HangingMain() {}

    /** @param arguments the state's directory, the webhook's URL, and {@code deadlock}, {@code waits} or {@code healthy} */
    public static void main(String[] arguments) throws Exception {
        PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
        KubernetesClient client = server.client();
        Reconciler running = Reconciler.start(
                configuration(arguments[0], arguments[1]),
                client,
                Timeline.real(),
                Path.of("."),
                RunMode.ACT,
                new WatchdogLimits(
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        STANDSTILL,
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        Runtime.getRuntime()::halt),
                line -> System.out.println(line.code() + ": " + line.text()));
        if (arguments[2].equals("deadlock")) {
            AdviceWith.adviceWith(
                    running.camel(), "plan", route -> route.interceptFrom().process(pass -> deadlock()));
        }
        if (arguments[2].equals("waits")) {
            AdviceWith.adviceWith(
                    running.camel(), "plan", route -> route.interceptFrom().process(pass -> awaitInput()));
        }
        running.camel().createProducerTemplate().sendBody("direct:request-pass", "deadline");
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    private static void awaitInput() throws IOException {
        System.out.println("waits in stage plan");
        int heard = System.in.read();
        System.out.println("goes on after " + heard);
    }

    private static void deadlock() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Thread rival = new Thread(() -> inOrder(OTHER, ONE, both), "rival");
        rival.setDaemon(true);
        rival.start();
        inOrder(ONE, OTHER, both);
    }

    private static void inOrder(Object first, Object second, CountDownLatch both) {
        synchronized (first) {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (second) {
                throw new IllegalStateException("nobody comes here");
            }
        }
    }

    private static Configuration configuration(String state, String webhook) {
        ConfigurationResult read = ConfigurationReader.read(
                Map.of(
                        "application.properties",
                        "tidewatch.state.directory = " + state + "\ntidewatch.http.address = 127.0.0.1:0\n",
                        "sources.yaml",
                        "sources: []\n",
                        "alerts.yaml",
                        "receivers: [{name: chat, type: slack, webhookUrl: '" + webhook + "'}]\ndefault: [chat]\n"),
                Map.of(),
                path -> Optional.empty());
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw new IllegalStateException(read.problems().toString());
    }
}
