package io.tidewatch.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bare requests with the client's credentials: the contract is about codes, bodies and content types. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    Api(KubernetesClient client) {
        this.client = client;
    }

    /** JSON with single quotes, which a Java text block carries better. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    Reply get(String path) {
        return send("GET", path, "", "");
    }

    Reply create(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    Reply put(String path, JsonNode body) {
        return send("PUT", path, "application/json", body.toString());
    }

    Reply merge(String path, String body) {
        return send("PATCH", path, "application/merge-patch+json", body);
    }

    Reply jsonPatch(String path, String body) {
        return send("PATCH", path, "application/json-patch+json", body);
    }

    Reply apply(String path, String manager, String body) {
        return send("PATCH", path + "?fieldManager=" + manager, "application/apply-patch+yaml", body);
    }

    Reply forceApply(String path, String manager, String body) {
        return send("PATCH", path + "?force=true&fieldManager=" + manager, "application/apply-patch+yaml", body);
    }

    Reply delete(String path, String options) {
        return send("DELETE", path, "application/json", options);
    }

    Reply send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path);
        if (!contentType.isEmpty()) {
            request.method(method, contentType, body.replace('\'', '"'));
        }
        try {
            HttpResponse<String> response = client.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(60, TimeUnit.SECONDS);
            return new Reply(response.code(), JSON.readTree(response.body()), response.headers("Warning"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException | JsonProcessingException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }
}
