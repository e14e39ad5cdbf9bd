package io.tidewatch.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cli.kube.KubeconfigServer;
import io.tidewatch.cli.kube.KubeconfigUser;
import io.tidewatch.cluster.ClientObjects;
import io.tidewatch.cluster.ClientThreads;
import io.tidewatch.cluster.ConnectionRisks;
import io.tidewatch.cluster.ServerMessages;
import java.util.function.Function;

/** Connects to the cluster of the current kubeconfig context, or to the cluster of this pod. */
final class Cluster {

    /** Few retries, for a short interruption; the next pass decides a failed request again. */
    private static final int REPETITIONS = 3;

    private static final int FIRST_PAUSE_MILLIS = 200;

    private Cluster() {}

    /**
     * With the client certificates, tokens, exec plugins, proxies and CAs of the kubeconfig and the environment.
     *
     * @throws IllegalArgumentException if no cluster is configured, if its address is invalid, or if the connection would not
     *     be encrypted although no address begins with {@code http://}
     */
    static KubernetesClient client() {
        boolean plainMeant = KubeconfigServer.check();
        Config found = Config.autoConfigure(null);
        if (isNowhere(found)) {
            throw new IllegalArgumentException(
                    "no cluster is configured: KUBECONFIG and ~/.kube/config have no current context,"
                            + " and this is not a pod with a service account");
        }
        if (ConnectionRisks.isPlain(found.getMasterUrl()) && !plainMeant && !isNowhere(found)) {
            throw new IllegalArgumentException("the address of the API server would be " + found.getMasterUrl()
                    + ", without encryption, and no configuration asks for that; write the address with https://");
        }
        ConfigBuilder config = new ConfigBuilder(found)
                .withRequestRetryBackoffLimit(REPETITIONS)
                .withRequestRetryBackoffInterval(FIRST_PAUSE_MILLIS)
                .withUserAgent("tidewatch");
        KubeconfigUser.tokenOf(found).ifPresent(config::withOauthTokenProvider);
        KubeconfigUser.ellipticKeyOf(found)
                .ifPresent(key ->
                        config.withClientKeyFile(null).withClientKeyData(key).withClientKeyAlgo("EC"));
        return ClientThreads.addTo(new KubernetesClientBuilder())
                .withConfig(config.build())
                .withKubernetesSerialization(ClientObjects.serialization())
                .build();
    }

    /**
     * Sends one request, for a person's command.
     *
     * @throws IllegalArgumentException if the API server rejects the request or does not answer, with its address and message
     */
    static <T> T request(Function<KubernetesClient, T> question) {
        try (KubernetesClient client = client()) {
            ConnectionRisks.of(client.getConfiguration())
                    .forEach(risk -> Tidewatch.err().println("tidewatch: " + risk));
            try {
                return question.apply(client);
            } catch (KubernetesClientException failed) {
                throw new IllegalArgumentException(client.getMasterUrl() + ": " + ServerMessages.of(failed), failed);
            }
        }
    }

    private static boolean isNowhere(Config found) {
        return found.getCurrentContext() == null
                && found.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)
                && (found.getAutoOAuthToken() == null
                        || found.getAutoOAuthToken().isEmpty());
    }
}
