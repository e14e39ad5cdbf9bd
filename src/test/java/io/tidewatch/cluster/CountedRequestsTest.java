package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook.Moment;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted is what the API server answered, by its own log. */
class CountedRequestsTest {

    private static final Fence OPEN = () -> Optional.of(Map.of());

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final KubernetesClient plain = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(server.config())
                    .withOauthTokenProvider(() -> "token-" + tokens.incrementAndGet())
                    .withRequestRetryBackoffLimit(2)
                    .withRequestRetryBackoffInterval(1)
                    .build())
            .build();
    private final KubernetesClient client = CountedRequests.of(
            plain, (request, code) -> counted.add(request.verb() + " " + request.resource() + " " + code));

    @BeforeEach
    void namespace() {
        server.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        server.requests().clear();
    }

    @AfterEach
    void close() {
        plain.close();
        server.close();
    }

    /** Through the clients that the process makes of it: fenced, without repetitions, for watches. */
    private static MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            rollouts(KubernetesClient through) {
        return through.genericKubernetesResources(Kinds.ROLLOUT.context());
    }

    private List<String> logged() {
        return server.requests().entries().stream()
                .map(entry -> entry.verb() + " " + resource(entry.path()) + " " + entry.code())
                .toList();
    }

    /** The answer to a web socket is told on the thread of its connection, which may be later than the caller. */
    private void awaitCounted() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (counted.isEmpty() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static String resource(String path) {
        return path.contains("/rollouts") ? "rollouts" : "";
    }

    @Test
    void eachAnswerIsCountedOnce() {
        KubernetesClient fenced = SingleRequests.of(FencedRequests.of(client, OPEN));
        rollouts(client).inNamespace("shop").list();
        assertThat(rollouts(fenced).inNamespace("shop").withName("cart").get()).isNull();
        assertThatThrownBy(() -> rollouts(fenced)
                        .inNamespace("shop")
                        .resource(new GenericKubernetesResource())
                        .create())
                .isInstanceOf(KubernetesClientException.class);

        assertThat(counted).containsExactlyElementsOf(logged()).hasSize(3);
    }

    /** A 401 whose token is refreshed, and a 503 that is tried again. */
    @Test
    void eachAttemptIsCounted() {
        AtomicInteger failures = new AtomicInteger();
        server.strikeWith((moment, call) -> {
            if (moment != Moment.BEFORE) {
                return Fault.NONE;
            }
            return switch (failures.getAndIncrement()) {
                case 0 -> Fault.error(401);
                case 1 -> Fault.error(503);
                default -> Fault.NONE;
            };
        });

        rollouts(client).inNamespace("shop").list();

        assertThat(counted).containsExactly("list rollouts 401", "list rollouts 503", "list rollouts 200");
        assertThat(logged()).isEqualTo(counted);
    }

    @Test
    void aWatchIsCountedWhereItIsOpenedAndWhereItIsRefused() {
        Watcher<GenericKubernetesResource> watcher = new Watcher<>() {

            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {}

            @Override
            public void onClose(WatcherException cause) {}
        };
        try (Watch watch = rollouts(client).inNamespace("shop").watch(watcher)) {
            assertThat(watch).isNotNull();
            awaitCounted();
        }
        assertThat(counted).containsExactly("watch rollouts 101");

        server.strikeWith((moment, call) -> Fault.error(403));
        assertThatThrownBy(() -> rollouts(client).inNamespace("shop").watch(watcher))
                .isInstanceOf(KubernetesClientException.class);

        assertThat(counted.subList(1, counted.size())).isNotEmpty().allMatch("watch rollouts 403"::equals);
        assertThat(counted).hasSameSizeAs(logged());
    }
}
