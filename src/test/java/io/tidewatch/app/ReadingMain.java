package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The application in a process of its own, which comes to no end with the first commit that it reads. */
final class ReadingMain {

    private ReadingMain() {}

    /** @param arguments the state's directory, the source's URL and ref, and {@code hang} or {@code halt} */
    public static void main(String[] arguments) throws InterruptedException {
        PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
        KubernetesClient client = server.client();
        Reconciler.start(
                configuration(arguments[0], arguments[1], arguments[2]),
                client,
                Timeline.real(),
                Path.of("."),
                RunMode.OBSERVE,
                WatchdogLimits.withoutExit(),
                checkout -> read(arguments[3]),
                line -> System.out.println(line.code() + ": " + line.text()));
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    private static void read(String how) {
        System.out.println("reading");
        if (how.equals("halt")) {
            Runtime.getRuntime().halt(WatchdogLimits.STOOD_STILL);
        }
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException goesOn) {
                System.out.println("interrupted");
            }
        }
    }

    private static Configuration configuration(String state, String url, String ref) {
        ConfigurationResult read = ConfigurationReader.read(
                Map.of(
                        "application.properties",
                        "tidewatch.state.directory = " + state + "\ntidewatch.http.address = 127.0.0.1:0\n",
                        "sources.yaml",
                        "sources: [{name: shop, url: '" + url + "', ref: " + ref
                                + ", interval: 2s, namespaces: [shop]}]\n",
                        "alerts.yaml",
                        "receivers: []\ndefault: []\n"),
                Map.of(),
                path -> Optional.empty());
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw new IllegalStateException(read.problems().toString());
    }
}
