package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import io.tidewatch.wire.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caches go on whatever becomes of their watches: what changed meanwhile is there afterwards, what is gone is gone. */
class CachesOverABadWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KINDS = 5;

    static final WatchTimes TIMES =
            new WatchTimes(Duration.ofMinutes(2), Duration.ofSeconds(6), Duration.ofMillis(200));

    /** As the application reads objects. */
    static final Readers READERS = new Readers(
            ObjectReader::scaledObject,
            ObjectReader::hpa,
            ObjectReader::rollout,
            ObjectReader::deployment,
            ObjectReader::statefulSet,
            ObjectReader::scaleTarget,
            ObjectReader::replicaSet,
            ObjectReader::pod,
            (raw, seenAt) -> ObjectReader.event(raw),
            (raw, seenAt) -> ObjectReader.controller(raw),
            (raw, seenAt) -> ObjectReader.lease(raw),
            (raw, seenAt) -> ObjectReader.quota(raw),
            (raw, seenAt) -> ObjectReader.limitRange(raw),
            (raw, seenAt) -> ObjectReader.budget(raw));

    /** The heartbeat, faster; on a slow machine a request takes a second, and must not be an outage. */
    static final Heartbeat.Pace PACE = new Heartbeat.Pace(
            Duration.ofMillis(500),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(50));

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final WireProxy wire = WireProxy.start(server.port(), Weather.FAIR);
    private final KubernetesClient direct = server.client();
    private final KubernetesClient client = client(wire.url());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ClusterCaches caches =
            new ClusterCaches(client, READERS, Clock.systemUTC(), () -> {}, said::add, PACE, TIMES);

    static KubernetesClient client(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withHttp2Disable(true)
                .withRequestTimeout(5_000)
                .withRequestRetryBackoffLimit(1)
                .withRequestRetryBackoffInterval(50)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @BeforeEach
    void watch() {
        create("first");
        caches.watch(Set.of("default"));
        awaitPods("first");
        await("all watches", () -> wire.openWatches() == KINDS);
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
    void whatChangedWhileTheWatchWasForgottenIsThereAfterTheList() {
        wire.changeWeather(each(Fate.of(Fate.Kind.RESET)));
        wire.cutAll();
        create("second");
        delete("first");
        server.forgetHistory();
        wire.changeWeather(Weather.FAIR);

        awaitPods("second");
        assertThat(wire.requests())
                .filteredOn(request -> request.label().equals("list pods default"))
                .as("410 Gone is answered by a list")
                .hasSizeGreaterThan(1);
    }

    @Test
    void aCutConnectionIsResumedWhereItWas() {
        wire.cutAll();
        create("second");
        delete("first");

        awaitPods("second");
        assertThat(wire.requests())
                .filteredOn(request -> request.label().startsWith("list "))
                .as("nothing is listed anew")
                .hasSize(KINDS);
    }

    @Test
    void whatChangedAroundARestartOfTheApiServerIsThere() {
        create("second");
        server.goDown();
        await("no watch", () -> wire.openWatches() == 0);
        server.comeBack();
        create("third");
        delete("first");

        awaitPods("second", "third");
        await("all watches", () -> wire.openWatches() == KINDS);
    }

    @Test
    void aServerThatIsNotReachedIsMissingUntilItIs() {
        wire.changeWeather(each(Fate.of(Fate.Kind.RESET)));
        wire.cutAll();
        await("silence", () -> missing().contains(ClusterState.API_SERVER));
        await("a word of it", () -> !said.isEmpty());
        assertThat(said).hasSize(1).first().asString().contains(" does not answer: ");

        wire.changeWeather(Weather.FAIR);

        await("contact", () -> !missing().contains(ClusterState.API_SERVER));
        await("a word of it", () -> !missing().contains(ClusterState.API_SERVER) && said.size() == 2);
        assertThat(said.get(1)).endsWith(" answers, everything is watched again");
    }

    @Test
    void aServerThatAnswersWatchesWithErrorsIsMissingUntilItServesThem() {
        wire.changeWeather(each(Fate.answer(503)));
        wire.cutAll();
        await("silence", () -> missing().contains(ClusterState.API_SERVER));

        wire.changeWeather(Weather.FAIR);

        await("contact", () -> !missing().contains(ClusterState.API_SERVER));
    }

    /** The API server is there, and serves neither watches nor lists: what was known is not known any more. */
    @Test
    void afterGoneAKindWhoseListIsAnsweredWithErrorsIsMissingUntilItIsServed() {
        wire.changeWeather(before(request -> request.label().startsWith("list "), Fate.answer(500)));
        create("second");
        server.forgetHistory();
        wire.cutAll();
        await("it is missing", () -> missing().contains("HorizontalPodAutoscaler"));
        assertThat(missing()).doesNotContain(ClusterState.API_SERVER);
        await("a word of it", () -> !said.isEmpty());
        assertThat(said.get(0)).contains(" answers 500 to the watch of ");
        assertThat(said.subList(1, said.size()))
                .as("what is said once it has lasted, which a slow machine may wait for")
                .allSatisfy(line -> assertThat(line).contains("cannot be opened, though"));

        wire.changeWeather(Weather.FAIR);

        awaitPods("first", "second");
        await("it is seen", () -> missing().equals(Set.of("Deployment")));
        await("all watches", () -> wire.openWatches() == KINDS);
    }

    @Test
    void kindsWhoseWatchesAloneAreAnsweredWithErrorsAreMissingUntilTheyAreServed() {
        wire.changeWeather(before(request -> request.target().contains("watch=true"), Fate.answer(503)));
        wire.cutAll();
        await("they are missing", () -> missing().containsAll(Set.of("Pod", "ScaledObject")));
        assertThat(missing()).doesNotContain(ClusterState.API_SERVER);

        wire.changeWeather(Weather.FAIR);

        await("they are seen", () -> missing().equals(Set.of("Deployment")));
    }

    private Set<String> missing() {
        return caches.state(Set.of(), Instant.now()).missing("default");
    }

    @Test
    void aPermissionThatIsRevokedHidesItsKindUntilItIsGrantedAgain() {
        wire.changeWeather(before(request -> request.path().endsWith("/pods"), Fate.answer(403)));
        wire.cutAll();
        await("the kind is missing", () -> missing().contains("Pod"));
        assertThat(missing()).doesNotContain("ReplicaSet", ClusterState.API_SERVER);
        await("a word of it", () -> !said.isEmpty());
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("missing permission to list and watch pods in default: ");

        wire.changeWeather(Weather.FAIR);
        create("second");

        await("the kind is seen", () -> !missing().contains("Pod"));
        awaitPods("first", "second");
        await("its end", () -> said.size() == 2);
        assertThat(said.get(1)).endsWith(" answers, everything is watched again");
    }

    /** Nobody asks for anything but the heartbeat, and all watches stay open. */
    @Test
    void anIdleOutageIsReportedAndItsEndAsWell() {
        wire.changeWeather(each(Fate.late(Duration.ofMinutes(1))));

        await("silence", () -> missing().contains(ClusterState.API_SERVER));
        await("a word of it", () -> !said.isEmpty());
        assertThat(said).singleElement().asString().contains(" does not answer: ");
        assertThat(wire.openWatches()).isEqualTo(KINDS);

        wire.changeWeather(Weather.FAIR);
        await("contact", () -> !missing().contains(ClusterState.API_SERVER));
        await("a word of it", () -> !missing().contains(ClusterState.API_SERVER) && said.size() == 2);
    }

    /** An open watch hears nothing of it; what is asked for at a lag does. */
    @Test
    void aNetworkThatSwallowsEverythingIsNoticedByTheWatchesOfALag() {
        wire.changeWeather(each(Fate.late(Duration.ofMinutes(1))));
        assertThat(missing()).doesNotContain(ClusterState.API_SERVER);

        caches.watchLagging(Set.of("default"));

        await("silence", () -> missing().contains(ClusterState.API_SERVER));
        assertThat(wire.openWatches()).as("those of before").isEqualTo(KINDS);

        caches.watchLagging(Set.of());
        assertThat(missing()).as("nothing lags, for nothing is seen").contains(ClusterState.API_SERVER);

        wire.changeWeather(Weather.FAIR);
        await("contact", () -> !missing().contains(ClusterState.API_SERVER));
    }

    private static Weather each(Fate fate) {
        return before(request -> true, fate);
    }

    /** These requests meet it before the server has seen them. */
    private static Weather before(Predicate<WireRequest> these, Fate fate) {
        return new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return these.test(request) ? fate : Fate.PASS;
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    @Test
    void aSlowServerIsWaitedFor() {
        wire.changeWeather(new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return Fate.late(Duration.ofMillis(300));
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.drip(Duration.ofMillis(30));
            }
        });
        wire.cutAll();
        create("second");

        awaitPods("first", "second");
        assertThat(caches.state(Set.of(), Instant.now()).missing()).doesNotContain("Pod");
    }

    @Test
    void aWatchThatEndsInTheMiddleOfAMessageLosesNothing() {
        wire.changeWeather(new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return Fate.PASS;
            }

            @Override
            public Fate after(WireRequest request) {
                return request.upgrade() ? Fate.of(Fate.Kind.HALF) : Fate.PASS;
            }
        });
        wire.cutAll();
        for (int i = 0; i < 5; i++) {
            create("more-" + i);
        }
        wire.changeWeather(Weather.FAIR);

        awaitPods("first", "more-0", "more-1", "more-2", "more-3", "more-4");
    }

    @Test
    void ofAForbiddenKindNothingIsKnownAndOfTheOthersAll() {
        try (ClusterCaches others = caches) {
            wire.changeWeather(before(request -> request.path().endsWith("/pods"), Fate.answer(403)));
            others.watch(Set.of("default", "kube-system"));

            await(
                    "the others",
                    () -> others.state(Set.of(), Instant.now())
                            .missing("kube-system")
                            .equals(Set.of("Pod", "Deployment")));
            assertThat(others.isListed("kube-system")).isTrue();
            assertThat(others.state(Set.of(), Instant.now()).missing("default"))
                    .as("of the namespace beside it all is seen")
                    .containsExactly("Deployment");
            await(
                    "a word of it",
                    () -> said.stream()
                            .anyMatch(
                                    line -> line.startsWith(
                                            "missing permission to list and watch pods in kube-system: cannot tell why pods are unavailable (")));
        }
    }

    @Test
    void eventsAndLeasesAreWatchedWhileATargetLagsAndNoLonger() {
        caches.watchControllers(Set.of("keda"));
        await("the controllers' watch", () -> wire.openWatches() == KINDS + 1);
        event("missing", "Pod", "Warning", "FailedMount", "secret \"tls\" not found");
        event("pulled", "Pod", "Normal", "Pulled", "Container image \"a:1\" already present on machine");
        event("job", "CronJob", "Warning", "TooManyMissedTimes", "too many missed start times");
        event("ours", "ScaledObject", "Warning", "AvailabilityLagged", "5 of 7", KubernetesEvent.REPORTER);
        event("well", "ScaledObject", "Normal", "ScaledObjectReady", "ScaledObject is ready for scaling");
        event(
                "rescaled",
                "HorizontalPodAutoscaler",
                "Normal",
                "SuccessfulRescale",
                "New size: 7; reason: below minimum");
        lease("operator.keda.sh", "2026-11-22T13:30:00.000000Z");
        assertThat(wire.requests()).noneMatch(request -> request.path().matches(".*/(events|leases)"));

        caches.watchLagging(Set.of("default"));

        await("four more watches", () -> wire.openWatches() == KINDS + 5);
        await("the Events", () -> caches.state(Set.of(), Instant.now()).seesEventsOf("default"));
        await("the Lease", () -> !caches.state(Set.of(), Instant.now()).leases().isEmpty());
        ClusterState seen = caches.state(Set.of(), Instant.now());
        assertThat(seen.events())
                .as("what concerns a chain")
                .extracting(EventView::reason)
                .containsExactlyInAnyOrder("FailedMount", "ScaledObjectReady", "SuccessfulRescale");
        assertThat(seen.leases())
                .containsExactly(
                        new LeaseView("keda", "operator.keda.sh", Optional.of(Instant.parse("2026-11-22T13:30:00Z"))));
        assertThat(seen.seesEventsOf("kube-system")).isFalse();
        event("again", "Pod", "Warning", "FailedMount", "secret \"tls\" not found");
        await(
                "one that comes later",
                () -> caches.state(Set.of(), Instant.now()).events().size() == 4);

        caches.watchLagging(Set.of());

        await("an end of it", () -> wire.openWatches() == KINDS + 1);
        assertThat(caches.state(Set.of(), Instant.now()).events()).isEmpty();
        assertThat(caches.state(Set.of(), Instant.now()).seesEventsOf("default"))
                .isFalse();
    }

    private void event(String name, String about, String type, String reason, String message) {
        event(name, about, type, reason, message, "kubelet");
    }

    private void event(String name, String about, String type, String reason, String message, String reporter) {
        direct.v1()
                .events()
                .inNamespace("default")
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind(about)
                        .withNamespace("default")
                        .withName("first")
                        .endInvolvedObject()
                        .withType(type)
                        .withReason(reason)
                        .withMessage(message)
                        .withReportingComponent(reporter)
                        .build())
                .create();
    }

    private void lease(String name, String renewed) {
        direct.leases()
                .inNamespace("keda")
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("one")
                        .withRenewTime(ZonedDateTime.parse(renewed))
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void aNamespaceThatIsWatchedNoMoreIsForgottenAndCanComeBack() {
        caches.watch(Set.of());
        awaitPods();
        await("an end of the watches", () -> wire.openWatches() == 0);
        assertThat(caches.state(Set.of(), Instant.now()).missing()).contains("Pod", "ScaledObject");

        caches.watch(Set.of("default"));
        awaitPods("first");
        assertThat(said).isEmpty();
    }

    private void create(String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("rollouts-pod-template-hash", "abc")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("app:1")
                .endContainer()
                .endSpec()
                .build();
        direct.pods().inNamespace("default").resource(pod).create();
    }

    private void delete(String name) {
        direct.pods().inNamespace("default").withName(name).delete();
    }

    private void awaitPods(String... names) {
        await(
                "pods " + List.of(names),
                () -> caches.state(Set.of(), Instant.now()).pods().stream()
                        .map(PodView::meta)
                        .map(meta -> meta.name())
                        .sorted()
                        .toList()
                        .equals(List.of(names).stream().sorted().toList()));
    }

    private void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; said: %s", what, said)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
