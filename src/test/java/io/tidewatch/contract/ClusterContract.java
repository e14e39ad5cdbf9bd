package io.tidewatch.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.File;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * A namespace of its own on the API server that {@code TIDEWATCH_TEST_KUBECONFIG} names, or else on a playground, for each
 * class of the contract; it goes when the class is done.
 */
@Tag("cluster")
abstract class ClusterContract {

    static final String KUBECONFIG = "TIDEWATCH_TEST_KUBECONFIG";

    static final String CONFIG_MAPS = "/api/v1/namespaces/%s/configmaps";
    static final String EVENTS = "/api/v1/namespaces/%s/events";
    static final String NEWER_EVENTS = "/apis/events.k8s.io/v1/namespaces/%s/events";
    static final String PODS = "/api/v1/namespaces/%s/pods";
    static final String HPAS = "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers";
    static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/%s/deployments";
    static final String STATEFUL_SETS = "/apis/apps/v1/namespaces/%s/statefulsets";
    static final String REPLICA_SETS = "/apis/apps/v1/namespaces/%s/replicasets";
    static final String SCALED_OBJECTS = "/apis/keda.sh/v1alpha1/namespaces/%s/scaledobjects";
    static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1/namespaces/%s/rollouts";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Optional<PlaygroundApiServer> playground = Optional.empty();
    static KubernetesClient client;
    static Api api;
    static String namespace;

    @BeforeAll
    static void connect() {
        Optional<String> kubeconfig =
                Optional.ofNullable(System.getenv(KUBECONFIG)).filter(path -> !path.isBlank());
        if (kubeconfig.isEmpty()) {
            playground = Optional.of(PlaygroundApiServer.start(Clock.systemUTC()));
        }
        Config config = kubeconfig
                .map(path -> Config.fromKubeconfig(new File(path)))
                .orElseGet(() -> playground.orElseThrow().config());
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        api = new Api(client);
        namespace = api.create(
                        "/api/v1/namespaces",
                        "{'apiVersion':'v1','kind':'Namespace','metadata':{'generateName':'tidewatch-contract-'}}")
                .ok()
                .path("metadata")
                .path("name")
                .asText();
    }

    @AfterAll
    static void cleanUp() {
        if (namespace != null) {
            api.delete("/api/v1/namespaces/" + namespace, "{}");
        }
        client.close();
        playground.ifPresent(PlaygroundApiServer::close);
        playground = Optional.empty();
    }

    /** The path of a collection in this class's namespace. */
    static String in(String collection) {
        return collection.formatted(namespace);
    }

    static boolean isPlayground() {
        return playground.isPresent();
    }

    static String uniqueName() {
        return "web-" + NAMES.incrementAndGet();
    }

    static void requireScaledObjects() {
        assumeTrue(
                api.get("/apis/keda.sh/v1alpha1").code() == 200,
                "skipped: this API server serves no keda.sh/v1alpha1 ScaledObject");
    }

    static void requireRollouts() {
        assumeTrue(
                api.get("/apis/argoproj.io/v1alpha1").code() == 200,
                "skipped: this API server serves no argoproj.io/v1alpha1 Rollout");
    }

    static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    static long generation(JsonNode object) {
        return object.path("metadata").path("generation").asLong();
    }

    /** The entry of a field manager in managedFields; missing where it owns nothing. */
    static JsonNode entryOf(JsonNode object, String manager) {
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry;
            }
        }
        return object.path("no such manager");
    }

    /** A ScaledObject that KEDA accepts and that moves nothing: its target, its own as KEDA's webhook asks, does not exist. */
    static String scaledObject(String name, String spec) {
        return "{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject','metadata':{'name':'" + name
                + "'},'spec':{'scaleTargetRef':{'name':'" + name + "'},'triggers':[{'type':'cron','metadata':{"
                + "'timezone':'UTC','start':'0 1 * * *','end':'0 2 * * *','desiredReplicas':'1'}}]"
                + (spec.isEmpty() ? "" : ",") + spec + "}}";
    }

    static String configMap(String name, String data) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "'},'data':" + data + "}";
    }

    /** Without replicas, so that a real controller starts no pods. */
    static String replicaSet(String name) {
        return "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'" + name
                + "'},'spec':{'replicas':0,'selector':{'matchLabels':{'app':'" + name
                + "'}},'template':{'metadata':{'labels':{'app':'" + name
                + "'}},'spec':{'containers':[{'name':'app','image':'registry.k8s.io/pause:3.10'}]}}}}";
    }
}
