package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;

/** A client that repeats no request by itself: what failed is decided again, and waits for its turn again. */
public final class SingleRequests {

    private SingleRequests() {}

    /** Over the connections of this client, whose owner closes them. */
    public static KubernetesClient of(KubernetesClient client) {
        return withConfig(client, once(client));
    }

    /** The same with another timeout of each request. */
    public static KubernetesClient of(KubernetesClient client, Duration timeout) {
        return withConfig(client, once(client).withRequestTimeout((int) timeout.toMillis()));
    }

    private static RequestConfigBuilder once(KubernetesClient client) {
        return new RequestConfigBuilder(client.getConfiguration().getRequestConfig()).withRequestRetryBackoffLimit(0);
    }

    private static KubernetesClient withConfig(KubernetesClient client, RequestConfigBuilder config) {
        return client.newClient(config.build()).adapt(KubernetesClient.class);
    }
}
