package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes git and definitions as they are written: what is thrown in them is the one source's own. */
class DefinitionsRouteTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);
    private final ConcurrentMap<String, Integer> readings = new ConcurrentHashMap<>();

    @Test
    void anExceptionInReadingIsReportedWithItsCommitAndRetriedWhileTheOtherSourceIsRead() throws InterruptedException {
        try (PlaygroundApiServer cluster = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = cluster.client();
                Operator eve = Operator.start(folder.resolve("evil"), "Eve");
                Operator dana = Operator.start(folder.resolve("good"), "Dana")) {
            eve.commit("breaks it", Map.of("a.yaml", "a: 1\n"));
            dana.commit("the night", Map.of("a.yaml", "a: 1\n"));
            try (Reconciler running = Reconciler.start(
                    configuration(eve, dana),
                    client,
                    Timeline.real(),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    WatchdogLimits.withoutExit(),
                    this::failing,
                    diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("the fault is said", () -> said("could not be read: java.lang.StackOverflowError"));
                diary.await("the other source is read", () -> said(" of good (Dana): the night"));
                diary.await("it is tried again", () -> readings.getOrDefault("breaks it", 0) >= 2);
                assertThat(said(" of evil (Eve)"))
                        .as("it never came into force")
                        .isFalse();
                diary.await(
                        "a remote that is not there is said too",
                        () -> said("source gone: there is no repository at "));

                eve.commit("mends it", Map.of("a.yaml", "a: 2\n"));

                diary.await("another commit is read", () -> said(" of evil (Eve): mends it"));
                diary.await("and its trouble is over", () -> said("source evil: answers again after "));
            }
        }
    }

    private void failing(Checkout checkout) {
        readings.merge(checkout.commit().subject(), 1, Integer::sum);
        if (checkout.commit().subject().equals("breaks it")) {
            throw new StackOverflowError();
        }
    }

    private boolean said(String words) {
        return diary.entries().anyMatch(line -> line.text().contains(words));
    }

    private Configuration configuration(Operator eve, Operator dana) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n",
                "sources.yaml",
                """
                sources:
                  - {name: evil, url: '%s', ref: main, interval: 1s, namespaces: [evil]}
                  - {name: gone, url: '%s', ref: main, interval: 1s, namespaces: [gone]}
                  - {name: good, url: '%s', ref: main, interval: 1s, namespaces: [shop]}
                """.formatted(eve.url(), folder.resolve("nowhere.git").toUri(), dana.url()));
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }
}
