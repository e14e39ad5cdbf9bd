package io.tidewatch.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Targets that have long converged, one pod each, with nobody who moves them: what changes then is our own doing. */
record StandingTargets(String url, String namespace) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String SCALED_OBJECTS = "/apis/keda.sh/v1alpha1/namespaces/%s/scaledobjects";
    private static final String HPAS = "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers";
    private static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1/namespaces/%s/rollouts";
    private static final String REPLICA_SETS = "/apis/apps/v1/namespaces/%s/replicasets";
    private static final String PODS = "/api/v1/namespaces/%s/pods";

    /** The names are {@code t-1} and so on; they carry the label {@code tier: web}. */
    void create(int targets) {
        IntStream.rangeClosed(1, targets).parallel().forEach(i -> create("t-" + i));
    }

    /** A ScaledObject as Git has it, with the name of a target of {@link #create}. */
    static String manifest(String namespace, String name, String tier) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %2$s, namespace: %1$s, labels: {tier: %3$s}}
                spec:
                  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: %2$s}
                  minReplicaCount: 1
                  maxReplicaCount: 20
                  triggers:
                    - {type: metrics-api, metadata: {url: "http://x/", valueLocation: jobs, targetValue: "10"}}
                """.formatted(namespace, name, tier);
    }

    /** Those of {@link #create}. */
    static String manifests(String namespace, int targets) {
        return IntStream.rangeClosed(1, targets)
                .mapToObj(i -> manifest(namespace, "t-" + i, "web"))
                .collect(Collectors.joining("---\n"));
    }

    int minimum(String name) {
        return send("GET", SCALED_OBJECTS, "/" + name, "")
                .path("spec")
                .path("minReplicaCount")
                .asInt(-1);
    }

    /** As another tool does. */
    void setMinimum(String name, int minimum) {
        send("PATCH", SCALED_OBJECTS, "/" + name, "{'spec': {'minReplicaCount': " + minimum + "}}");
    }

    /** Patches annotations of ours as the field manager {@code tidewatch}; an empty text takes one away. */
    void annotate(String name, Map<String, String> annotations) {
        String body = annotations.entrySet().stream()
                .map(entry -> "'tidewatch.io/" + entry.getKey() + "': "
                        + (entry.getValue().isEmpty() ? "null" : "'" + entry.getValue() + "'"))
                .collect(Collectors.joining(", ", "{'metadata': {'annotations': {", "}}}"));
        send("PATCH", SCALED_OBJECTS, "/" + name + "?fieldManager=tidewatch", body);
    }

    JsonNode scaledObject(String name) {
        return send("GET", SCALED_OBJECTS, "/" + name, "");
    }

    void create(String name) {
        String scaledObject = make(SCALED_OBJECTS, name, """
                {'apiVersion': 'keda.sh/v1alpha1', 'kind': 'ScaledObject',
                 'metadata': {'name': '%1$s', 'namespace': '%2$s', 'labels': {'tier': 'web'}},
                 'spec': {'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '%1$s'},
                  'minReplicaCount': 1, 'maxReplicaCount': 20,
                  'triggers': [{'type': 'metrics-api', 'metadata':
                   {'url': 'http://x/', 'valueLocation': 'jobs', 'targetValue': '10'}}]},
                 'status': {'hpaName': 'keda-hpa-%1$s', 'conditions': [
                  {'type': 'Ready', 'status': 'True', 'reason': 'ScaledObjectReady'},
                  {'type': 'Active', 'status': 'True', 'reason': 'ScalerActive'}]}}""");
        make(
                HPAS,
                "keda-hpa-" + name,
                """
                {'apiVersion': 'autoscaling/v2', 'kind': 'HorizontalPodAutoscaler',
                 'metadata': {'name': 'keda-hpa-%1$s', 'namespace': '%2$s', 'ownerReferences': [%3$s]},
                 'spec': {'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '%1$s'},
                  'minReplicas': 1, 'maxReplicas': 20},
                 'status': {'currentReplicas': 1, 'desiredReplicas': 1, 'conditions': [
                  {'type': 'AbleToScale', 'status': 'True', 'reason': 'ReadyForNewScale'},
                  {'type': 'ScalingActive', 'status': 'True', 'reason': 'ValidMetricFound'},
                  {'type': 'ScalingLimited', 'status': 'True', 'reason': 'TooFewReplicas'}]}}""".replace("%3$s", owner("keda.sh/v1alpha1", "ScaledObject", name, scaledObject)),
                name);
        String rollout = make(ROLLOUTS, name, """
                {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout',
                 'metadata': {'name': '%1$s', 'namespace': '%2$s'},
                 'spec': {'replicas': 1, 'progressDeadlineSeconds': 600, 'selector': {'matchLabels': {'app': '%1$s'}},
                  'template': {'metadata': {'labels': {'app': '%1$s'}}, 'spec': {'containers': [
                   {'name': 'app', 'image': 'app:1'}]}},
                  'strategy': {'canary': {'maxSurge': '25%%', 'maxUnavailable': 0}}},
                 'status': {'observedGeneration': '1', 'phase': 'Healthy', 'currentPodHash': 'abc', 'stableRS': 'abc',
                  'HPAReplicas': 1, 'replicas': 1, 'updatedReplicas': 1, 'readyReplicas': 1, 'availableReplicas': 1,
                  'selector': 'app=%1$s', 'blueGreen': {}, 'canary': {}}}""");
        String replicaSet = make(
                REPLICA_SETS,
                name + "-abc",
                """
                {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet',
                 'metadata': {'name': '%1$s-abc', 'namespace': '%2$s', 'ownerReferences': [%3$s],
                  'labels': {'app': '%1$s', 'rollouts-pod-template-hash': 'abc'},
                  'annotations': {'rollout.argoproj.io/desired-replicas': '1', 'rollout.argoproj.io/revision': '1'}},
                 'spec': {'replicas': 1, 'selector': {'matchLabels': {'app': '%1$s'}}},
                 'status': {'observedGeneration': 1, 'replicas': 1, 'readyReplicas': 1, 'availableReplicas': 1}}""".replace("%3$s", owner("argoproj.io/v1alpha1", "Rollout", name, rollout)),
                name);
        make(
                PODS,
                name + "-abc-1",
                """
                {'apiVersion': 'v1', 'kind': 'Pod',
                 'metadata': {'name': '%1$s-abc-1', 'namespace': '%2$s', 'ownerReferences': [%3$s],
                  'labels': {'app': '%1$s', 'rollouts-pod-template-hash': 'abc'}},
                 'spec': {'nodeName': 'n1', 'containers': [{'name': 'app', 'image': 'app:1'}]},
                 'status': {'phase': 'Running', 'conditions': [{'type': 'PodScheduled', 'status': 'True'},
                  {'type': 'Ready', 'status': 'True'}, {'type': 'ContainersReady', 'status': 'True'}]}}""".replace("%3$s", owner("apps/v1", "ReplicaSet", name + "-abc", replicaSet)),
                name);
    }

    private static String owner(String apiVersion, String kind, String name, String uid) {
        return "{'apiVersion': '" + apiVersion + "', 'kind': '" + kind + "', 'name': '" + name + "', 'uid': '" + uid
                + "', 'controller': true}";
    }

    private String make(String collection, String name, String text) {
        return make(collection, name, text, name);
    }

    /** A creation drops the status where that is a subresource. */
    private String make(String collection, String name, String text, String target) {
        String body = text.replace("%1$s", target).replace("%2$s", namespace).replace("%%", "%");
        JsonNode created = send("POST", collection, "", body);
        JsonNode wanted = json(body).path("status");
        send("PATCH", collection, "/" + name + "/status", "{'status': " + wanted + "}");
        return created.path("metadata").path("uid").asText();
    }

    private JsonNode send(String method, String collection, String rest, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        url.replaceFirst("/$", "") + String.format(Locale.ROOT, collection, namespace) + rest))
                .header("User-Agent", "onlooker")
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + request.uri() + ": " + answer.body());
            }
            return json(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(
                    text.startsWith("{'") || text.contains("'apiVersion'") ? text.replace('\'', '"') : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
