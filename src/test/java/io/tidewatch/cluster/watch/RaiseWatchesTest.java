package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.FailedSchedulings;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import io.tidewatch.wire.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is watched of a namespace while a raise is near, over the real wire, with permissions and without. */
class RaiseWatchesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KINDS = 5;
    private static final WatchTimes TIMES =
            new WatchTimes(Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofMillis(200));

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final WireProxy wire = WireProxy.start(server.port(), Weather.FAIR);
    private final KubernetesClient direct = server.client();
    private final KubernetesClient client = client(wire.url());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final LeapingClock clock = new LeapingClock();
    private final ClusterCaches caches = new ClusterCaches(
            client, CachesOverABadWireTest.READERS, clock, () -> {}, said::add, CachesOverABadWireTest.PACE, TIMES);

    /** A permission counts as missing after a minute. */
    private static final class LeapingClock extends Clock {

        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        void leap() {
            ahead.updateAndGet(before -> before.plusSeconds(70));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }
    }

    private static KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withHttp2Disable(true)
                .withRequestTimeout(1_000)
                .withRequestRetryBackoffLimit(1)
                .withRequestRetryBackoffInterval(50)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @BeforeEach
    void watch() {
        quota();
        limitRange();
        event("waits", "FailedScheduling");
        event("mounts", "FailedMount");
        caches.watch(Set.of("default"));
        await("the chain", () -> wire.openWatches() == KINDS);
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
    void quotasAndEventsAreWatchedWhileARaiseIsNearAndNoLonger() {
        assertThat(raiseRequests()).isEmpty();
        assertThat(quotas().knownIn()).isEmpty();

        caches.watchRaises(Set.of("default"));

        await("three more watches", () -> wire.openWatches() == KINDS + 3);
        await("the quotas", () -> quotas().knownIn().equals(Set.of("default")));
        await("the Event", () -> failed().events().size() == 1);
        assertThat(quotas().quotas()).extracting(ResourceQuotaView::name).containsExactly("pods");
        assertThat(quotas().limitRanges()).hasSize(1);
        assertThat(failed().events()).extracting(EventView::involvedName).containsExactly("waits");
        assertThat(state().seesEventsOf("default")).as("the Events of a lag").isFalse();
        assertThat(raiseRequests())
                .filteredOn(request -> request.label().equals("list events default"))
                .singleElement()
                .satisfies(request -> assertThat(request.target())
                        .contains("limit=500")
                        .contains("reason%3DFailedScheduling")
                        .contains("involvedObject.kind%3DPod"));

        caches.watchRaises(Set.of());

        await("an end of it", () -> wire.openWatches() == KINDS);
        assertThat(quotas().knownIn()).isEmpty();
        assertThat(failed().events()).isEmpty();
    }

    /** Evening after evening: the permission is missing all the time. */
    @Test
    void withoutThePermissionForQuotasAllElseGoesOnAndItIsSaidOnce() {
        wire.changeWeather(forbidding("/resourcequotas"));

        for (int raise = 0; raise < 3; raise++) {
            caches.watchRaises(Set.of("default"));
            awaitRejection(() -> quotas().rejectedIn());
            await("the Event", () -> failed().events().size() == 1);
            assertThat(quotas().rejectedIn())
                    .containsExactly(Map.entry("default", "the permission to list resourcequotas is missing"));
            assertThat(quotas().knownIn()).isEmpty();
            assertThat(state().missing("default"))
                    .as("the chain is seen, and the API server serves")
                    .containsExactly("Deployment");
            assertThat(failed().rejectedIn()).isEmpty();
            caches.watchRaises(Set.of());
            await("an end of it", () -> quotas().rejectedIn().isEmpty());
        }

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("missing permission to list and watch resourcequotas in default: cannot tell before a raise"
                        + " whether a quota leaves room for it (");
    }

    @Test
    void withoutThePermissionForLimitRangesQuotasAreNotKnownUntilItIsGranted() {
        wire.changeWeather(forbidding("/limitranges"));
        caches.watchRaises(Set.of("default"));
        awaitRejection(() -> quotas().rejectedIn());
        assertThat(quotas().rejectedIn().get("default")).isEqualTo("the permission to list limitranges is missing");
        assertThat(quotas().quotas())
                .as("without the defaults of LimitRanges its numbers may be wrong")
                .isEmpty();

        wire.changeWeather(Weather.FAIR);

        await("the quotas", () -> quotas().knownIn().equals(Set.of("default")));
        await("no rejection", () -> quotas().rejectedIn().isEmpty());
    }

    @Test
    void withoutThePermissionForEventsTheQuotasAreKnown() {
        wire.changeWeather(forbidding("/events"));
        caches.watchRaises(Set.of("default"));

        awaitRejection(() -> failed().rejectedIn());
        await("the quotas", () -> quotas().knownIn().equals(Set.of("default")));
        assertThat(failed().rejectedIn().get("default")).isEqualTo("the permission to list events is missing");
        assertThat(quotas().rejectedIn()).isEmpty();
    }

    private static Weather forbidding(String resource) {
        Predicate<WireRequest> forbidden = request -> request.path().endsWith(resource);
        return new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return forbidden.test(request) ? Fate.answer(403) : Fate.PASS;
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    private List<WireRequest> raiseRequests() {
        return wire.requests().stream()
                .filter(request -> request.path().matches(".*/(events|resourcequotas|limitranges)"))
                .toList();
    }

    private ClusterState state() {
        return caches.state(Set.of(), Instant.now());
    }

    private Quotas quotas() {
        return state().raiseFacts().quotas();
    }

    private FailedSchedulings failed() {
        return state().raiseFacts().failedSchedulings();
    }

    private void quota() {
        direct.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("pods", new Quantity("6")))
                        .endSpec()
                        .build())
                .create();
    }

    private void limitRange() {
        direct.resource(new LimitRangeBuilder()
                        .withNewMetadata()
                        .withName("defaults")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .withDefaultRequest(Map.of("cpu", new Quantity("100m")))
                        .endLimit()
                        .endSpec()
                        .build())
                .create();
    }

    private void event(String pod, String reason) {
        direct.v1()
                .events()
                .inNamespace("default")
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withNamespace("default")
                        .withName(pod)
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason(reason)
                        .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
                        .build())
                .create();
    }

    private void awaitRejection(Supplier<Map<String, String>> rejected) {
        await("the rejection", () -> {
            clock.leap();
            return rejected.get().containsKey("default");
        });
    }

    private static void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
