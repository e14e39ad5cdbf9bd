package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import io.tidewatch.wire.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header, from a real answer to the pause before the next request. */
class ThrottlingTest {

    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Throttling throttling = new Throttling(nanos::get);

    @Test
    void pauseIsCountedForTheKindInItsNamespaceAlone() {
        throttling.record(PODS, 429, "7");
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(throttling.pause(Kinds.POD, "shop")).isEqualTo(Duration.ofSeconds(4));
        assertThat(throttling.pause(Kinds.POD, "bank")).isZero();
        assertThat(throttling.pause(Kinds.ROLLOUT, "shop")).isZero();

        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(throttling.pause(Kinds.POD, "shop")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 60, 60",
        "503, 5, 5",
        "429, 61, 60",
        "429, 999999999999999999, 60",
        "429, 0, 0",
        "429, , 0",
        "429, -1, 0",
        "429, 'Sun, 29 Nov 2026 22:00:00 GMT', 0",
        "429, 9999999999999999999999, 0",
        "500, 5, 0",
        "403, 5, 0"
    })
    void retryAfterIsReadFrom429And503AndBounded(int code, String header, int seconds) {
        throttling.record(PODS, code, header);

        assertThat(throttling.pause(Kinds.POD, "shop")).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void headerIsReadFromTheAnswersToListsAndToWatches(int code) {
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                WireProxy wire = WireProxy.start(server.port(), throttled(code));
                KubernetesClient client = client(wire.url())) {
            WatchRequests pods = WatchRequests.of(WatchClient.of(client, throttling), Kinds.POD, "shop", Selection.ALL);
            WatchRequests rollouts =
                    WatchRequests.of(WatchClient.of(client, throttling), Kinds.ROLLOUT, "shop", Selection.ALL);

            assertThatThrownBy(() -> pods.list(page -> {})).isInstanceOf(KubernetesClientException.class);
            CompletableFuture<Void> failed = new CompletableFuture<>();
            rollouts.watch("1", end(failed)).whenComplete((watch, error) -> {
                if (error != null) {
                    failed.complete(null);
                }
            });
            failed.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();

            assertThat(throttling.pause(Kinds.POD, "shop")).isEqualTo(Duration.ofSeconds(30));
            assertThat(throttling.pause(Kinds.ROLLOUT, "shop")).isEqualTo(Duration.ofSeconds(30));
        }
    }

    private static Watcher<GenericKubernetesResource> end(CompletableFuture<Void> ended) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {}

            @Override
            public void onClose(WatcherException cause) {
                ended.complete(null);
            }

            @Override
            public boolean reconnecting() {
                return false;
            }
        };
    }

    private static Weather throttled(int code) {
        return new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return new Fate(Fate.Kind.ANSWER, code, Optional.of(Duration.ofSeconds(30)), Duration.ZERO);
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    private static KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
