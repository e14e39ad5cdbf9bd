package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.WorkloadRef;
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

/** Deployments and StatefulSets are watched where a target needs one, with the pods that their selectors name. */
class WorkloadWatchesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final WorkloadRef WEB = new WorkloadRef(WorkloadKind.DEPLOYMENT, "default", "web");
    private static final WorkloadRef STORE = new WorkloadRef(WorkloadKind.STATEFUL_SET, "default", "store");

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
        deployment("web");
        deployment("other");
        direct.resource(statefulSet("store")).create();
        replicaSet("web-1", "web");
        replicaSet("other-1", "other");
        pod("web-1-a", "web");
        pod("other-1-a", "other");
        pod("store-0", "store");
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
    void nothingIsWatchedThatNoTargetNeeds() {
        need(Set.of());
        await("the usual kinds", () -> wire.openWatches() == 5);

        assertThat(wire.requests())
                .noneMatch(request ->
                        request.path().contains("deployments") || request.path().contains("statefulsets"));
        assertThat(state().unseenOf(WEB)).contains(Set.of("Deployment"));
    }

    @Test
    void aDeploymentComesWithItsReplicaSetsAndPodsAlone() {
        needUntilSeen(WEB);

        ClusterState state = state();
        assertThat(state.workloads()).extracting(each -> each.meta().name()).containsExactly("web");
        assertThat(state.replicaSets()).extracting(each -> each.meta().name()).containsExactly("web-1");
        assertThat(state.pods()).extracting(each -> each.meta().name()).containsExactly("web-1-a");
        assertThat(wire.requests()).noneMatch(request -> request.path().contains("statefulsets"));
        pod("web-1-b", "web");
        await("a pod that comes", () -> state().pods().size() == 2);
    }

    @Test
    void aStatefulSetComesWithItsPodsAndNoReplicaSets() {
        needUntilSeen(STORE);

        assertThat(state().pods()).extracting(each -> each.meta().name()).containsExactly("store-0");
        assertThat(state().replicaSets()).isEmpty();
        assertThat(wire.requests()).noneMatch(request -> request.path().contains("deployments"));
    }

    @Test
    void whatNoTargetNeedsAnyMoreIsWatchedNoMore() {
        needUntilSeen(WEB);
        need(Set.of());
        await("the usual kinds", () -> wire.openWatches() == 5);

        assertThat(state().workloads()).isEmpty();
        assertThat(state().pods()).isEmpty();
    }

    private void needUntilSeen(WorkloadRef reference) {
        await("seen", () -> {
            need(Set.of(reference));
            return state().workloads().stream()
                            .anyMatch(each -> WorkloadRef.of(each).equals(reference))
                    && state().unseenOf(reference).orElseThrow().isEmpty();
        });
    }

    private void need(Set<WorkloadRef> needed) {
        caches.watchWorkloads(needed);
    }

    private ClusterState state() {
        return caches.state(Set.of(), Instant.now());
    }

    private void deployment(String name) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withTemplate(podTemplate(name))
                .endSpec()
                .build();
        direct.resource(deployment).create();
    }

    private static StatefulSet statefulSet(String name) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(name)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withTemplate(podTemplate(name))
                .endSpec()
                .build();
    }

    private void replicaSet(String name, String app) {
        ReplicaSet set = new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(Map.of("app", app, "pod-template-hash", "1"))
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", app)
                .endSelector()
                .withTemplate(podTemplate(app))
                .endSpec()
                .build();
        direct.resource(set).create();
    }

    private static PodTemplateSpec podTemplate(String app) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withSpec(podSpec())
                .build();
    }

    private static PodSpec podSpec() {
        return new PodSpecBuilder()
                .addNewContainer()
                .withName("c")
                .withImage("app:1")
                .endContainer()
                .build();
    }

    private void pod(String name, String app) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(Map.of("app", app))
                .endMetadata()
                .withSpec(podSpec())
                .build();
        direct.resource(pod).create();
    }

    private static void await(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
