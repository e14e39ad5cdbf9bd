package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;

/** A client that repeats no request by itself: what failed is decided again, and waits for its turn again. */
public final class SingleRequests {

    private SingleRequests() {}

    /** Over the connections of this client, whose owner closes them. */
    public static KubernetesClient of(KubernetesClient client) {
        return client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
    }
}
