package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;

/** fabric8's CRUD server, with just enough of the scale subresource for an HPA: a cluster without our own API server. */
final class PlainCluster implements AutoCloseable {
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new ScaleAware(), false);
    private final KubernetesClient client;

    PlainCluster() {
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

    private static final class ScaleAware extends KubernetesCrudDispatcher {
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String path = request.getPath().replaceAll("\\?.*", "").replaceAll("/scale$", "");
            return super.handlePatch(new RecordedRequest(
                    request.getHttpVersion(), request.method(), path, request.getHeaders(), request.getBody()));
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
