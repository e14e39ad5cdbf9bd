package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireProxy;
import io.tidewatch.wire.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is scaled beside Rollouts, Deployments and StatefulSets is watched for its own count, where a target scales it. */
class ScaleTargetWatchesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final WorkloadRef SET = new WorkloadRef(WorkloadKind.REPLICA_SET, "default", "web");
    private static final WorkloadRef CLAIM =
            new WorkloadRef(WorkloadKind.of("v1", "PersistentVolumeClaim"), "default", "data");
    private static final TargetApi SETS = new TargetApi("apps/v1", Optional.empty());

    /** A kind that Tidewatch does not know by itself, in place of a custom resource. */
    private static final TargetApi CLAIMS = new TargetApi("v1", Optional.empty());

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final WireProxy wire = WireProxy.start(server.port(), Weather.FAIR);
    private final KubernetesClient direct = server.client();
    private final KubernetesClient client = CachesOverABadWireTest.client(wire.url());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ClusterCaches caches = new ClusterCaches(
            client,
            CachesOverABadWireTest.READERS,
            Clock.systemUTC(),
            () -> {},
            said::add,
            CachesOverABadWireTest.PACE,
            CachesOverABadWireTest.TIMES);

    @BeforeEach
    void given() {
        replicaSet("web", 7);
        replicaSet("other", 3);
        direct.resource(claim()).create();
        caches.watch(Set.of("default"));
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
    void aTargetIsKnownByItsOwnCountAndNoOtherObjectIs() {
        awaitSeen(SET, SETS);

        assertThat(state().workloads()).singleElement().isInstanceOfSatisfying(ScaleTargetView.class, view -> {
            assertThat(view.meta().name()).isEqualTo("web");
            assertThat(view.replicas()).isEqualTo(OptionalInt.of(7));
            assertThat(view.created()).isEqualTo(OptionalInt.of(7));
        });
        int lists = lists("replicasets");
        direct.apps().replicaSets().inNamespace("default").withName("web").editStatus(set -> {
            set.getStatus().setReplicas(6);
            return set;
        });
        await("the new count", () -> created().equals(OptionalInt.of(6)));
        assertThat(lists("replicasets")).as("no request for it").isEqualTo(lists);
        assertThat(questions()).as("where a known kind is served").isZero();
    }

    /** KEDA has found the kind at the API server already. */
    @Test
    void whatKedaSaysOfTheKindIsNotAskedAgain() {
        awaitSeen(CLAIM, new TargetApi("v1", Optional.of("persistentvolumeclaims")));

        assertThat(questions()).isZero();
    }

    @Test
    void theApiServerIsAskedOnceForAKindThatNobodyNamed() {
        awaitSeen(CLAIM, CLAIMS);
        for (int pass = 0; pass < 5; pass++) {
            need(Map.of(CLAIM, CLAIMS));
        }

        assertThat(questions()).isEqualTo(1);
        assertThat(lists("persistentvolumeclaims")).isEqualTo(1);
    }

    @Test
    void aKindThatIsNotServedIsLeftToTheHpa() {
        WorkloadRef widget = new WorkloadRef(WorkloadKind.of("v1", "Widget"), "default", "w");
        need(Map.of(widget, new TargetApi("v1", Optional.empty())));
        await("the answer", () -> questions() == 1);
        need(Map.of(widget, new TargetApi("v1", Optional.empty())));

        assertThat(state().isAwaited(widget)).isFalse();
        assertThat(questions()).isEqualTo(1);
    }

    /** Its plural is the same, and another object has its name. */
    @Test
    void aKindOfAnotherGroupIsNotTakenForTheOneThatIsServed() {
        WorkloadKind other = WorkloadKind.of("apps.kruise.io/v1beta1", "ReplicaSet");
        WorkloadRef target = new WorkloadRef(other, "default", "web");
        awaitSeen(SET, SETS);
        need(Map.of(SET, SETS, target, new TargetApi("apps.kruise.io/v1beta1", Optional.of("replicasets"))));
        await("the rejection to last", () -> !state().isWatched(target));

        assertThat(state().workloads()).extracting(WorkloadRef::of).containsExactly(SET);
    }

    @Test
    void aKindThatMayNotBeWatchedIsLeftToTheHpaAndReportedOnce() {
        wire.changeWeather(forbidding("/persistentvolumeclaims"));
        need(Map.of(CLAIM, new TargetApi("v1", Optional.of("persistentvolumeclaims"))));
        assertThat(state().isAwaited(CLAIM)).as("before an answer").isTrue();

        await("the rejection to last", () -> !state().isAwaited(CLAIM));
        assertThat(state().workloads()).isEmpty();
        await("the line", () -> !said.isEmpty());
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith(
                        "missing permission to list and watch persistentvolumeclaims in default: a target of this kind is"
                                + " followed to what its HPA says");

        wire.changeWeather(Weather.FAIR);
        awaitSeen(CLAIM, new TargetApi("v1", Optional.of("persistentvolumeclaims")));
    }

    @Test
    void whatNoTargetScalesAnyMoreIsWatchedNoMore() {
        awaitSeen(SET, SETS);
        need(Map.of());
        await("the usual kinds", () -> wire.openWatches() == 5);

        assertThat(state().workloads()).isEmpty();
        assertThat(state().isAwaited(SET)).isFalse();
    }

    private OptionalInt created() {
        return ((ScaleTargetView) state().workloads().get(0)).created();
    }

    private int lists(String plural) {
        return (int) wire.requests().stream()
                .filter(request ->
                        request.path().endsWith("/" + plural) && request.label().startsWith("list "))
                .count();
    }

    /** Where kinds are served. */
    private long questions() {
        return wire.requests().stream()
                .filter(request -> request.path().matches("/api/v1/?|/apis/[^/]+/[^/]+/?"))
                .count();
    }

    private void awaitSeen(WorkloadRef target, TargetApi api) {
        await("seen", () -> {
            need(Map.of(target, api));
            return state().workloads().stream()
                            .anyMatch(each -> WorkloadRef.of(each).equals(target))
                    && state().unseenOf(target).orElseThrow().isEmpty();
        });
    }

    private void need(Map<WorkloadRef, TargetApi> needed) {
        caches.watchScaleTargets(needed);
    }

    private ClusterState state() {
        return caches.state(Set.of(), Instant.now());
    }

    private void replicaSet(String name, int replicas) {
        ReplicaSet set = new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .endSpec()
                .build();
        direct.resource(set).create();
        direct.apps()
                .replicaSets()
                .inNamespace("default")
                .withName(name)
                .editStatus(created -> new ReplicaSetBuilder(created)
                        .withNewStatus()
                        .withReplicas(replicas)
                        .endStatus()
                        .build());
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .endSpec()
                .build();
    }

    private static Weather forbidding(String resource) {
        return new Weather() {
            @Override
            public Fate before(WireRequest request) {
                return request.path().endsWith(resource) ? Fate.answer(403) : Fate.PASS;
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    private static void await(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
