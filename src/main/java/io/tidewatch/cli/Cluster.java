package io.tidewatch.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cli.kube.KubeconfigServer;
import io.tidewatch.cli.kube.KubeconfigUser;
import io.tidewatch.cluster.ConnectionRisks;
import io.tidewatch.cluster.ServerMessages;
import java.util.function.Function;

/** The cluster of the current kubeconfig context, or the one that we run in. */
final class Cluster {

    /** A refused request is decided anew by the next pass; few repetitions bridge a hiccup. */
    private static final int REPETITIONS = 3;

    private static final int FIRST_PAUSE_MILLIS = 200;

    private Cluster() {}

    /**
     * Client certificates, tokens, exec plugins, proxies and CAs as the kubeconfig and the environment say.
     *
     * @throws IllegalArgumentException where nothing names a cluster, or a kubeconfig names none that can be spoken to, or
     *     the connection would not be encrypted though nobody wrote {@code http://}
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
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    /**
     * Asks once, on behalf of a person.
     *
     * @throws IllegalArgumentException when the API server refuses or does not answer, with its address and words
     */
    static <T> T asked(Function<KubernetesClient, T> question) {
        try (KubernetesClient client = client()) {
            ConnectionRisks.of(client.getConfiguration())
                    .forEach(risk -> Tidewatch.err().println("tidewatch: " + risk));
            try {
                return question.apply(client);
            } catch (KubernetesClientException refusal) {
                throw new IllegalArgumentException(client.getMasterUrl() + ": " + ServerMessages.of(refusal), refusal);
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
