package io.tidewatch.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks at the objects themselves, past the proxy and past the code that is judged. */
record ClusterLook(String url) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static ClusterLook at(PlaygroundApiServer server) {
        return new ClusterLook(server.url());
    }

    JsonNode scaledObject(String name) {
        return get("apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/" + name);
    }

    JsonNode rollout(String name) {
        return get("apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/" + name);
    }

    JsonNode hpa(String name) {
        return get("apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/keda-hpa-" + name);
    }

    JsonNode events() {
        return get("apis/events.k8s.io/v1/namespaces/shop/events").path("items");
    }

    int minimum(String name) {
        return scaledObject(name).path("spec").path("minReplicaCount").asInt(-1);
    }

    /** Pods of this app that are ready and stay. */
    int readyPods(String app) {
        int ready = 0;
        for (JsonNode pod :
                get("api/v1/namespaces/shop/pods?labelSelector=app%3D" + app).path("items")) {
            for (JsonNode condition : pod.path("status").path("conditions")) {
                boolean isReady = condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True");
                ready += isReady && !pod.path("metadata").has("deletionTimestamp") ? 1 : 0;
            }
        }
        return ready;
    }

    boolean isHealthy(String rollout, int replicas) {
        JsonNode found = rollout(rollout);
        JsonNode status = found.path("status");
        return status.path("phase").asText().equals("Healthy")
                && found.path("spec").path("replicas").asInt() == replicas
                && status.path("replicas").asInt() == replicas
                && status.path("availableReplicas").asInt() == replicas
                && status.path("stableRS")
                        .asText()
                        .equals(status.path("currentPodHash").asText());
    }

    String image(String rollout) {
        return rollout(rollout)
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0)
                .path("image")
                .asText();
    }

    /** Who owns a field, by the names of field managers. */
    static SortedSet<String> owners(JsonNode object, String... field) {
        SortedSet<String> owners = new TreeSet<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            JsonNode at = entry.path("fieldsV1");
            for (String name : field) {
                at = at.path("f:" + name);
            }
            if (!at.isMissingNode()) {
                owners.add(entry.path("manager").asText());
            }
        }
        return owners;
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(
                    HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
