package io.tidewatch.night;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Objects;

/** Clients that are set as {@code run} sets its own, but know where to go. */
final class Clients {

    /** A variable in the environment of a process: its user agent, where there are several. */
    static final String AGENT = "TEST_USER_AGENT";

    private Clients() {}

    static KubernetesClient of(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withNamespace("default")
                .withHttp2Disable(true)
                .withTrustCerts(true)
                .withDisableHostnameVerification(true)
                .withRequestRetryBackoffLimit(3)
                .withRequestRetryBackoffInterval(200)
                .withUserAgent(Objects.requireNonNullElse(System.getenv(AGENT), "tidewatch"))
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
