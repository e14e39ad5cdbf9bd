package io.tidewatch.cluster.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;

/** Makes the client for lists and watches. It shares the connections and threads of the given client, which closes them. */
final class WatchClient {

    private static final String INTERCEPTOR = "tidewatch-throttling";

    private WatchClient() {}

    /** Nothing is retried by this client: {@link NamespaceWatch} retries, and knows since when a request fails. */
    static KubernetesClient of(KubernetesClient client, Throttling throttling) {
        HttpClient http = client.getHttpClient()
                .newBuilder()
                .addOrReplaceInterceptor(INTERCEPTOR, throttling)
                .build();
        KubernetesClient observed = new KubernetesClientImpl(
                http,
                client.getConfiguration(),
                client.adapt(BaseClient.class)::getExecutor,
                client.getKubernetesSerialization());
        return observed.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withWatchReconnectLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
    }
}
