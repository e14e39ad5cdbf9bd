package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.impl.BaseClient;
import java.util.Map;
import java.util.function.Consumer;

/** A client over the connections of another one, whose requests pass other interceptors. */
final class InterceptedClient {

    private InterceptedClient() {}

    /**
     * The owner of the given client closes the connections and the threads.
     *
     * @param change changes the interceptors, by name, in the order in which they see a request
     */
    static KubernetesClient of(KubernetesClient client, Consumer<Map<String, Interceptor>> change) {
        return new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .withKubernetesSerialization(client.getKubernetesSerialization())
                .withHttpClientFactory(new Derived(client.getHttpClient(), change))
                .withTaskExecutorSupplier(client.adapt(BaseClient.class)::getExecutor)
                .build();
    }

    /** Makes the one HTTP client of which the Kubernetes client consists. */
    private record Derived(HttpClient http, Consumer<Map<String, Interceptor>> change) implements HttpClient.Factory {

        @Override
        public HttpClient.Builder newBuilder(Config config) {
            return newBuilder();
        }

        @Override
        public HttpClient.Builder newBuilder() {
            if (http.newBuilder() instanceof StandardHttpClientBuilder<?, ?, ?> builder) {
                change.accept(builder.getInterceptors());
                return builder;
            }
            throw new IllegalArgumentException("the requests of " + http.getClass() + " cannot be intercepted");
        }
    }
}
