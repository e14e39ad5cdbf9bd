package io.tidewatch.app.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The cluster of the current kubeconfig context, or the one that we run in. */
final class Cluster {

    /** A refused request is decided anew by the next pass; few repetitions bridge a hiccup. */
    private static final int REPETITIONS = 3;

    private static final int FIRST_PAUSE_MILLIS = 200;

    private Cluster() {}

    /** Client certificates, tokens, exec plugins, proxies and CAs as the kubeconfig and the environment say. */
    static KubernetesClient client() {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(REPETITIONS)
                .withRequestRetryBackoffInterval(FIRST_PAUSE_MILLIS)
                .withUserAgent("tidewatch")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
