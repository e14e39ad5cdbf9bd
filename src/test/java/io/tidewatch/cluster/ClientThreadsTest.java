package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {

    private static final int TASKS = 30;
    private static final int LONGEST_SECONDS = 60;

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final KubernetesClient client = ClientThreads.addTo(new KubernetesClientBuilder())
            .withConfig(server.config())
            .build();
    private final ClientThreads threads = ClientThreads.of(client).orElseThrow();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void threeThreadsRunAllTasks() throws InterruptedException {
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch ended = new CountDownLatch(TASKS);
        for (int task = 0; task < TASKS; task++) {
            threads.execute(() -> {
                names.add(Thread.currentThread().getName());
                ended.countDown();
            });
        }

        assertThat(ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(names)
                .hasSizeLessThanOrEqualTo(3)
                .allSatisfy(name -> assertThat(name).startsWith("tidewatch-client-"));
    }

    @Test
    void aDerivedClientHasTheThreadsOfItsOrigin() {
        KubernetesClient derived = CountedRequests.of(client, (request, code) -> {});

        assertThat(ClientThreads.of(derived)).containsSame(threads);
        assertThat(derived.namespaces().list().getItems()).isNotEmpty();
    }

    @Test
    void anyOtherClientHasNone() {
        try (KubernetesClient other = server.client()) {
            assertThat(ClientThreads.of(other)).isEmpty();
        }
    }

    @Test
    void theyEndWithTheClient() {
        assertThat(client.namespaces().list().getItems()).isNotEmpty();
        client.close();

        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(threads.vertx()
                        .nettyEventLoopGroup()
                        .terminationFuture()
                        .awaitUninterruptibly(LONGEST_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }
}
