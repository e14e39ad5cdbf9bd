package io.tidewatch.playground.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a controller's writes through the client's own HTTP connection: one request each, never a read before it,
 * under the controller's field manager.
 */
final class ClusterDoor {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON = "application/json";
    private static final long TIMEOUT_SECONDS = 20;

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final String root;

    ClusterDoor(KubernetesClient client) {
        this.client = client;
        String master = client.getConfiguration().getMasterUrl();
        this.root = master.endsWith("/") ? master : master + "/";
    }

    /**
     * Sends one write.
     *
     * @return the object as the server answered it; empty for a deletion and for the scale subresource
     * @throws ApiRefusal when the server answers with an error or not at all
     */
    Optional<Live> send(Write write, String manager) {
        if (write instanceof Write.Create create) {
            return live(request("POST", create.kind().path(create.namespace()), JSON, create.object(), manager));
        }
        if (write instanceof Write.Patch patch) {
            return live(request("PATCH", patch.kind().path(patch.key()), MERGE_PATCH, patch.patch(), manager));
        }
        if (write instanceof Write.PatchStatus patch) {
            Map<String, Object> body = Map.of("status", patch.status());
            return live(request("PATCH", patch.kind().path(patch.key()) + "/status", MERGE_PATCH, body, manager));
        }
        if (write instanceof Write.SetScale scale) {
            Map<String, Object> body = Map.of("spec", Map.of("replicas", scale.replicas()));
            request("PATCH", scale.kind().path(scale.key()) + "/scale", MERGE_PATCH, body, manager);
            return Optional.empty();
        }
        if (write instanceof Write.Bind bind) {
            request("POST", Kind.POD.path(bind.pod()) + "/binding", JSON, binding(bind), manager);
            return Optional.empty();
        }
        if (write instanceof Write.Delete delete) {
            request("DELETE", delete.kind().path(delete.key()), JSON, Map.of("gracePeriodSeconds", 0), manager);
            return Optional.empty();
        }
        throw new IllegalArgumentException("not a request of its own: " + write);
    }

    private static Map<String, Object> binding(Write.Bind bind) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Binding",
                "metadata",
                Map.of("name", bind.pod().name()),
                "target",
                Map.of("apiVersion", "v1", "kind", "Node", "name", bind.node()));
    }

    /** Creates the object unless it exists already. */
    void ensure(Write.Create create, String manager) {
        try {
            send(create, manager);
        } catch (ApiRejection rejection) {
            if (!rejection.isConflict()) {
                throw rejection;
            }
        }
    }

    private Optional<Live> live(String body) {
        try {
            return Optional.of(new Live(json.readValue(body, GenericKubernetesResource.class)));
        } catch (JsonProcessingException e) {
            throw new ApiRejection(0, "the API server answered something that is no object: " + e.getMessage());
        }
    }

    private String request(String method, String path, String contentType, Map<String, Object> body, String manager) {
        try {
            HttpRequest request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(root + path + "?fieldManager=" + manager)
                    .method(method, contentType, json.writeValueAsString(body))
                    .build();
            HttpResponse<String> response =
                    client.getHttpClient().sendAsync(request, String.class).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!response.isSuccessful()) {
                throw new ApiRejection(response.code(), method + " " + path + ": " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiRejection(0, method + " " + path + ": interrupted");
        } catch (ExecutionException | TimeoutException | JsonProcessingException e) {
            throw new ApiRejection(0, method + " " + path + ": " + e);
        }
    }
}
