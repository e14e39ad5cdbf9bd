package io.tidewatch.playground.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** fabric8's CRUD server, with just enough of the scale subresource for an HPA: a cluster without our own API server. */
final class PlainCluster implements AutoCloseable {
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new ScaleAware(), false);
    private final KubernetesClient client;

    PlainCluster() {
        Logger.getLogger("io.fabric8.mockwebserver").setLevel(Level.WARNING);
        server.init();
        client = server.createClient();
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final class ScaleAware extends KubernetesCrudDispatcher {
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String path = request.getPath().replaceAll("\\?.*", "").replaceAll("/(scale|status)$", "");
            MockResponse current = super.handleGet(path);
            if (current.code() != 200) {
                return current;
            }
            try {
                String merged = JSON.writeValueAsString(merged(
                        JSON.readTree(current.getBody().readUtf8()),
                        JSON.readTree(request.getBody().readUtf8())));
                return super.handleUpdate(new RecordedRequest(
                        request.getHttpVersion(),
                        HttpMethod.PUT,
                        path,
                        request.getHeaders(),
                        new Buffer(merged.getBytes(UTF_8))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** RFC 7386; fabric8's own merge appends lists. */
        private static JsonNode merged(JsonNode current, JsonNode patch) {
            if (!patch.isObject()) {
                return patch;
            }
            ObjectNode result = current.isObject() ? (ObjectNode) current : JSON.createObjectNode();
            patch.fields().forEachRemaining(field -> {
                if (field.getValue().isNull()) {
                    result.remove(field.getKey());
                } else {
                    JsonNode old = result.path(field.getKey());
                    result.set(field.getKey(), merged(old, field.getValue()));
                }
            });
            return result;
        }

        @Override
        public MockResponse handleCreate(RecordedRequest request) {
            String path = request.getPath().replaceAll("\\?.*", "");
            return super.handleCreate(new RecordedRequest(
                    request.getHttpVersion(), request.method(), path, request.getHeaders(), request.getBody()));
        }

        @Override
        public MockResponse handleDelete(String path) {
            return super.handleDelete(path.replaceAll("\\?.*", ""));
        }
    }
}
