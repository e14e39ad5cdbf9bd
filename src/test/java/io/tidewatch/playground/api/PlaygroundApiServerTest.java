package io.tidewatch.playground.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as a fabric8 client sees it: hooks, clock, informers and load. What it answers to writers is the contract's. */
class PlaygroundApiServerTest {

    private static final ResourceDefinitionContext SCALED_OBJECTS = new ResourceDefinitionContext.Builder()
            .withGroup("keda.sh")
            .withVersion("v1alpha1")
            .withKind("ScaledObject")
            .withPlural("scaledobjects")
            .withNamespaced(true)
            .build();

    private PlaygroundApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = PlaygroundApiServer.start(Clock.fixed(Instant.parse("2026-11-22T13:30:00Z"), ZoneOffset.UTC));
        client = server.client();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static GenericKubernetesResource scaledObject(String name, int minimum) {
        return Serialization.unmarshal("""
                {"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
                 "metadata": {"name": "%s", "namespace": "shop"},
                 "spec": {"minReplicaCount": %d, "scaleTargetRef": {"name": "%s"}, "triggers": []}}
                """.formatted(name, minimum, name), GenericKubernetesResource.class);
    }

    private static ReplicaSet replicaSet(String name) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withReplicas(5)
                .endSpec()
                .build();
    }

    @Test
    void timesInMetadataAreTheGivenClocks() {
        ReplicaSet created =
                client.apps().replicaSets().resource(replicaSet("web-1")).create();

        assertThat(created.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-22T13:30:00Z");
        assertThat(created.getMetadata().getManagedFields())
                .allSatisfy(entry -> assertThat(entry.getTime()).isEqualTo("2026-11-22T13:30:00Z"));
    }

    @Test
    void informerSeesWhatWasThereAndWhatComes() throws InterruptedException {
        client.apps().replicaSets().resource(replicaSet("web-1")).create();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<ReplicaSet> informer =
                client.apps().replicaSets().inNamespace("shop").inform(noting(seen))) {
            assertThat(next(seen)).isEqualTo("added web-1 5");
            client.apps().replicaSets().inNamespace("shop").withName("web-1").scale(7);
            assertThat(next(seen)).isEqualTo("updated web-1 7");
            client.apps().replicaSets().inNamespace("shop").withName("web-1").delete();
            assertThat(next(seen)).isEqualTo("deleted web-1 7");
        }
    }

    @Test
    void informerComesBackAfterItsWatchWasDroppedAndItsRevisionForgotten() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<ReplicaSet> informer =
                client.apps().replicaSets().inNamespace("shop").inform(noting(seen))) {
            client.apps().replicaSets().resource(replicaSet("web-1")).create();
            assertThat(next(seen)).isEqualTo("added web-1 5");

            server.dropWatches();
            client.apps().replicaSets().resource(replicaSet("web-2")).create();
            server.forgetHistory();

            assertThat(next(seen)).isEqualTo("added web-2 5");
        }
    }

    @Test
    void whatWasStoredIsThereAfterARestartAndInformersFindIt() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<ReplicaSet> informer =
                client.apps().replicaSets().inNamespace("shop").inform(noting(seen))) {
            client.apps().replicaSets().resource(replicaSet("web-1")).create();
            assertThat(next(seen)).isEqualTo("added web-1 5");

            server.goDown();
            server.comeBack();
            client.apps().replicaSets().resource(replicaSet("web-2")).create();

            assertThat(next(seen)).isEqualTo("added web-2 5");
            assertThat(client.apps().replicaSets().inNamespace("shop").list().getItems())
                    .hasSize(2);
        }
        server.goDown();
    }

    @Test
    void sixteenPatchersLoseNothing() throws Exception {
        for (int i = 0; i < 16; i++) {
            client.resource(scaledObject("web-" + i, 1)).create();
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Boolean>> done = new java.util.ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
            int own = thread;
            done.add(threads.submit(() -> {
                together.await();
                for (int i = 0; i < 10; i++) {
                    annotate("web-0", "t" + own + "-" + i);
                    annotate("web-" + own, "own-" + i);
                }
                return true;
            }));
        }
        together.countDown();
        for (Future<Boolean> future : done) {
            assertThat(future.get(60, TimeUnit.SECONDS)).isTrue();
        }
        threads.shutdown();

        assertThat(client.genericKubernetesResources(SCALED_OBJECTS)
                        .inNamespace("shop")
                        .withName("web-0")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .hasSize(16 * 10 + 10);
    }

    private void annotate(String name, String key) {
        client.genericKubernetesResources(SCALED_OBJECTS)
                .inNamespace("shop")
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + key + "\":\"x\"}}}");
    }

    @Test
    void requestLogHasRequestsAndAnswers() {
        server.requests().clear();
        client.resource(scaledObject("web", 5)).create();
        annotate("web", "note");

        assertThat(server.requests().entries())
                .extracting(RequestLog.Entry::verb, RequestLog.Entry::path, RequestLog.Entry::code)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "create", "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects", 201),
                        org.assertj.core.groups.Tuple.tuple(
                                "patch", "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/web", 200));
    }

    @Test
    void faultBeforeMeansNotDoneFaultAfterMeansDoneWithoutAnAnswer() {
        KubernetesClient impatient = new io.fabric8.kubernetes.client.KubernetesClientBuilder()
                .withConfig(new io.fabric8.kubernetes.client.ConfigBuilder(server.config())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        try (impatient) {
            server.strikeWith((moment, call) ->
                    moment == FaultHook.Moment.BEFORE && call.verb().equals("create") ? Fault.error(503) : Fault.NONE);
            assertThatThrownBy(() -> impatient.resource(scaledObject("web", 5)).create())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(503));
            server.strikeWith((moment, call) ->
                    moment == FaultHook.Moment.AFTER && call.verb().equals("create") ? Fault.cut() : Fault.NONE);
            assertThatThrownBy(() -> impatient.resource(scaledObject("cart", 5)).create())
                    .isInstanceOf(KubernetesClientException.class);
            server.strikeWith(FaultHook.none());
        }

        assertThat(client.genericKubernetesResources(SCALED_OBJECTS)
                        .inNamespace("shop")
                        .list()
                        .getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("cart");
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }

    private static ResourceEventHandler<ReplicaSet> noting(BlockingQueue<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ReplicaSet added) {
                seen.add("added " + said(added));
            }

            @Override
            public void onUpdate(ReplicaSet before, ReplicaSet after) {
                seen.add("updated " + said(after));
            }

            @Override
            public void onDelete(ReplicaSet deleted, boolean unsure) {
                seen.add("deleted " + said(deleted));
            }
        };
    }

    private static String said(ReplicaSet object) {
        return object.getMetadata().getName() + " " + object.getSpec().getReplicas();
    }
}
