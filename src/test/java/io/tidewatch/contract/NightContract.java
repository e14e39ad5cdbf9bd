package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.app.FreePort;
import io.tidewatch.app.HeardDiary;
import io.tidewatch.app.Reconciler;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole night, from the commit to the pods and back, by the application as it runs. Real controllers play it in real time.
 * On the playground, and on an API server without any controllers, all of it is simulated.
 */
abstract class NightContract extends ClusterContract {

    /** An HPA looks every 15 seconds, and machines that test are slow. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);
    private final int port = FreePort.any();
    private Chain chain;

    @BeforeEach
    void whoIsAtWork() {
        requireRollouts();
        requireScaledObjects();
        chain = isPlayground()
                ? Chain.onPlayground(client, needed())
                : Chain.onCluster(api, client, namespace, needed());
        assumeTrue(
                chain.missing().isEmpty(),
                () -> "skipped: " + chain.missing()
                        + " are missing here, and simulated ones would act on a cluster with nodes");
        prepare();
    }

    /** Whose work the pods need. */
    abstract Set<Chain.Part> needed();

    /** Creates what the source does not apply. */
    void prepare() {}

    /** What the source holds beside the schedule. */
    abstract String inGit();

    /** The path of the workload. */
    abstract String workload();

    /** What the schedule scales. */
    String reference() {
        return "scaledObjectRef: {name: web}";
    }

    /** The path of the object whose minimum is set. */
    String scaler() {
        return in(SCALED_OBJECTS) + "/web";
    }

    String minimumField() {
        return "minReplicaCount";
    }

    String hpa() {
        return in(HPAS) + "/keda-hpa-web";
    }

    /** Whether the workload's status has all its pods available and counts no others. */
    boolean statusSays(int replicas) {
        JsonNode status = api.get(workload()).body().path("status");
        return status.path("replicas").asInt() == replicas
                && status.path("availableReplicas").asInt() == replicas;
    }

    @AfterEach
    void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void windowOpensIsFollowedByPodsAndEnds() throws InterruptedException {
        Instant opens = chain.clock().instant().plus(chain.untilItOpens()).truncatedTo(ChronoUnit.SECONDS);
        Instant ends = opens.plus(chain.windowLasts());
        try (Operator operator = Operator.start(folder, "Dana")) {
            operator.commit("the first night", Map.of("web.yaml", inGit(), "night.yaml", schedule(opens, ends)));
            try (Reconciler running = Reconciler.start(
                    configuration(operator),
                    client,
                    new PlaygroundTimeline(chain.clock()),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("5 pods before the window", () -> hpaMinimum() == 5 && readyPods() == 5 && statusSays(5));
                diary.await("Tidewatch to see them", this::isConverged);
                chain.leapTo(opens);
                diary.await("minimum 7", () -> minimum() == 7);
                JsonNode raised = api.get(scaler()).ok();
                diary.await("7 pods", () -> hpaMinimum() == 7 && readyPods() == 7 && statusSays(7));
                diary.await("the diary to say so", () -> said("7 of 7 available"));
                chain.leapTo(ends);
                diary.await("minimum 5 again", () -> minimum() == 5);
                diary.await("the HPA to know", () -> hpaMinimum() == 5);
                diary.await("5 pods again, or without metrics still 7", this::hasLowered);
                diary.await(
                        "Events on what is scaled",
                        () -> hasEvents(raised.path("kind").asText()));

                assertThat(entryOf(raised, "tidewatch")
                                .path("fieldsV1")
                                .path("f:spec")
                                .has("f:" + minimumField()))
                        .isTrue();
                assertThat(said("window peak opens: minimum 5 → 7")).isTrue();
                assertThat(said("KEDA followed")).isEqualTo(!scaler().equals(hpa()));
                assertThat(said("window ends: minimum 7 → 5")).isTrue();
                assertThat(diary.entries())
                        .as("a night without incident")
                        .noneMatch(entry -> entry.code().startsWith("incident"));
            }
        }
    }

    private static boolean hasEvents(String kind) {
        JsonNode events = api.get(in(NEWER_EVENTS)).ok().path("items");
        for (JsonNode event : events) {
            if (event.path("reportingController").asText().equals("tidewatch.io/reconciler")
                    && event.path("regarding").path("kind").asText().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    /** As the command status asks: what a target needs to be seen is watched only once the target itself is seen. */
    private boolean isConverged() {
        try {
            String answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new ObjectMapper()
                    .readTree(answer)
                    .at("/targets/0/state")
                    .asText()
                    .equals("Converged");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean said(String text) {
        return diary.entries().anyMatch(entry -> entry.text().contains(text));
    }

    private int minimum() {
        return api.get(scaler()).body().path("spec").path(minimumField()).asInt();
    }

    private int hpaMinimum() {
        return api.get(hpa()).body().path("spec").path("minReplicas").asInt();
    }

    /** An HPA without metrics never scales down. */
    private boolean hasLowered() {
        return hasMetrics()
                ? readyPods() == 5 && statusSays(5) && said("5 of 5 available")
                : readyPods() == 7 && statusSays(7);
    }

    private boolean hasMetrics() {
        for (JsonNode condition : api.get(hpa()).body().path("status").path("conditions")) {
            if (condition.path("type").asText().equals("ScalingActive")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static int readyPods() {
        int ready = 0;
        for (JsonNode pod : api.get(in(PODS) + "?labelSelector=app%3Dweb").ok().path("items")) {
            for (JsonNode condition : pod.path("status").path("conditions")) {
                boolean isReady = condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True");
                ready += isReady && !pod.path("metadata").has("deletionTimestamp") ? 1 : 0;
            }
        }
        return ready;
    }

    private Configuration configuration(Operator operator) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.instance = tidewatch-contract\ntidewatch.state.directory = " + folder.resolve("state")
                        + "\ntidewatch.http.address = 127.0.0.1:" + port + "\n",
                "sources.yaml",
                "sources: [{name: night, url: '" + operator.url() + "', ref: " + operator.ref()
                        + ", interval: 20s, namespaces: [" + namespace + "]}]\n",
                "alerts.yaml",
                "receivers: []\n");
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private String schedule(Instant opens, Instant ends) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: %s}
                spec:
                  %s
                  timeZone: UTC
                  windows:
                    - {name: peak, from: "%s", until: "%s", minReplicas: 7}
                """.formatted(namespace, reference(), opens, ends);
    }

    /** A Deployment or StatefulSet of five pods, as another tool applies it. */
    static void applied(String path, String kind, String more) {
        api.apply(
                        path,
                        "team",
                        "{'apiVersion':'apps/v1','kind':'" + kind + "','metadata':{'name':'web'},'spec':{'replicas':5,"
                                + more
                                + "'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},"
                                + "'spec':{'terminationGracePeriodSeconds':1,'containers':[{'name':'app',"
                                + "'image':'registry.k8s.io/pause:3.10'}]}}}}")
                .ok();
    }

    /** A ScaledObject of the workload, without load, and with a trigger that needs nothing but KEDA. */
    static String scaledObjectOf(String apiVersion, String kind) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: web, namespace: %s}
                spec:
                  scaleTargetRef: {apiVersion: %s, kind: %s, name: web}
                  minReplicaCount: 5
                  maxReplicaCount: 20
                  triggers:
                    - {type: kubernetes-workload, metadata: {podSelector: load=web, value: "1"}}
                """.formatted(namespace, apiVersion, kind);
    }
}
