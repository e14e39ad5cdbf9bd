package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A network that freezes watches and nothing else: a firewall that forgets connections which live for long. Minutes are
 * seconds here: a bookmark each 0.4 s where there are any, and what is not heard of for 3 s is listed anew.
 */
class DeafWatchesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KINDS = 5;
    private static final Duration BOOKMARKS = Duration.ofMillis(400);
    /** A slow machine is no outage: there is none in these tests. */
    private static final Heartbeat.Pace PACE = new Heartbeat.Pace(
            Duration.ofMillis(500),
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofMillis(50));

    private static final WatchTimes TIMES =
            new WatchTimes(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(200));

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final WireProxy wire = WireProxy.start(server.port(), Weather.FAIR);
    private final KubernetesClient direct = server.client();
    private final KubernetesClient client = client(wire.url());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ClusterCaches caches = new ClusterCaches(
            client, CachesOverABadWireTest.READERS, Clock.systemUTC(), () -> {}, said::add, PACE, TIMES);

    private static KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @BeforeEach
    void watch() {
        caches.watch(Set.of("default"));
        await("all watches", () -> wire.openWatches() == KINDS && missing().equals(Set.of("Deployment")));
    }

    @AfterEach
    void stop() {
        caches.close();
        client.close();
        direct.close();
        wire.close();
        server.close();
    }

    @Test
    void quietKindsBringBookmarksAndNoOtherRequestIsSent() {
        bookmarks();
        Instant begin = Instant.now();
        await(
                "three times as long as it takes to be deaf",
                () -> observedUntil().isAfter(begin.plusSeconds(9)));

        assertThat(said).isEmpty();
        assertThat(wire.requests())
                .filteredOn(request -> !request.path().equals("/readyz"))
                .as("a list and a watch of each kind")
                .hasSize(2 * KINDS);
    }

    /** No watch cache, no bookmarks: a quiet kind is not known to be deaf, and must not be unknown every two minutes. */
    @Test
    void whereNoBookmarksComeAQuietKindIsOpenedAnewAndNeverMissing() {
        caches.watch(Set.of("default", "kube-system"));
        await("two more of each", () -> {
            assertThat(missing()).containsExactly("Deployment");
            return watchesAsked() >= 3 * KINDS + KINDS;
        });

        assertThat(said).isEmpty();
        assertThat(wire.requests())
                .filteredOn(request -> request.label().startsWith("list "))
                .hasSize(2 * KINDS);
    }

    /**
     * A watch that was cut, or whose API server was started anew within seconds, goes on at the revision that it knew last. As
     * long as the API server knows of nothing newer it sends no bookmark, and that is no sign of a deaf watch.
     */
    @Test
    void watchThatGoesOnWhereNothingHasHappenedSinceIsOpenedAnewAndNeverMissing() {
        bookmarks();
        server.dropWatches();
        await("each is opened again, and twice more", () -> {
            assertThat(missing()).containsExactly("Deployment");
            return watchesAsked() >= 4 * KINDS;
        });

        assertThat(said).isEmpty();
        assertThat(wire.requests())
                .filteredOn(request -> request.label().startsWith("list "))
                .hasSize(KINDS);
    }

    /** Something happens that no watch sees, and each brings a bookmark from then on. */
    private void bookmarks() {
        server.sendBookmarksEvery(BOOKMARKS);
        create("elsewhere", "kube-system");
        Instant begin = Instant.now();
        await("a bookmark of each", () -> observedUntil().isAfter(begin));
    }

    private long watchesAsked() {
        return wire.requests().stream()
                .filter(request -> request.label().startsWith("watch "))
                .count();
    }

    @Test
    void aKindWithoutNewsIsMissingUntilItHasBeenListedAgain() {
        bookmarks();
        wire.freezeWatches(true);
        create("second");
        await("the kinds are missing", () -> missing().containsAll(Set.of("Pod", "ScaledObject")));
        assertThat(missing()).as("it answers").doesNotContain(ClusterState.API_SERVER);
        assertThat(said).anyMatch(line -> line.contains(" has received nothing for 3 s, though "));

        wire.freezeWatches(false);
        await("they are listed", () -> missing().equals(Set.of("Deployment")));
        assertThat(pods()).containsExactly("second");
        await(
                "a word of it",
                () -> missing().equals(Set.of("Deployment"))
                        && !said.isEmpty()
                        && said.get(said.size() - 1).endsWith(" answers, everything is watched again"));
    }

    /** A target whose time is over is late by what has been heard, not by what has not. */
    @Test
    void whatMustBeKnownIsMadeSureOfAtOnceByWatchesOpenedWhereTheyWere() {
        int asked = wire.requests().size();
        Instant needed = Instant.now();
        assertThat(observedUntil()).isBefore(needed);

        await("it is known", () -> {
            caches.observeUntil(Map.of("default", needed));
            return !observedUntil().isBefore(needed);
        });

        assertThat(wire.requests().subList(asked, wire.requests().size()))
                .filteredOn(request -> request.label().startsWith("list "))
                .isEmpty();
    }

    @Test
    void whatMustBeKnownIsNotKnownWhileWatchesAreFrozen() {
        wire.freezeWatches(true);
        Instant needed = Instant.now();
        create("second");

        await("the kinds are missing", () -> {
            caches.observeUntil(Map.of("default", needed));
            boolean missing = missing().contains("Pod");
            assertThat(missing || observedUntil().isBefore(needed)).isTrue();
            return missing;
        });
        wire.freezeWatches(false);

        await(
                "what was missed is there",
                () -> pods().equals(List.of("second")) && !missing().contains("Pod"));
    }

    private Instant observedUntil() {
        return state().observedUntilIn().getOrDefault("default", Instant.MIN);
    }

    private ClusterState state() {
        return caches.state(Set.of(), Instant.now());
    }

    private Set<String> missing() {
        return state().missing("default");
    }

    private List<String> pods() {
        return state().pods().stream().map(pod -> pod.meta().name()).toList();
    }

    private void create(String name) {
        create(name, "default");
    }

    private void create(String name, String namespace) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("rollouts-pod-template-hash", "abc")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("app:1")
                .endContainer()
                .endSpec()
                .build();
        direct.pods().inNamespace(namespace).resource(pod).create();
    }

    private void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; said: %s, missing: %s", what, said, missing())
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
