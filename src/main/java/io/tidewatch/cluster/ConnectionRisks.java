package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the connection to the API server does not protect. It was configured so, and is used and reported. */
public final class ConnectionRisks {

    private ConnectionRisks() {}

    /** A line for each risk; empty if the connection is encrypted and the server is verified. */
    public static List<String> of(Config config) {
        List<String> risks = new ArrayList<>();
        if (isPlain(config.getMasterUrl()) && !isLoopback(config.getMasterUrl())) {
            risks.add("the connection to the API server " + config.getMasterUrl()
                    + " is not encrypted: whoever is between can read and change all of it, tokens too; use https");
        } else if (!isPlain(config.getMasterUrl()) && config.isTrustCerts()) {
            risks.add(
                    "the certificate of the API server is not checked (KUBERNETES_TRUST_CERTIFICATES, or"
                            + " insecure-skip-tls-verify in the kubeconfig): whoever is between can read the token; name its CA");
        } else if (!isPlain(config.getMasterUrl()) && config.isDisableHostnameVerification()) {
            risks.add(
                    "the name in the API server's certificate is not checked (KUBERNETES_DISABLE_HOSTNAME_VERIFICATION):"
                            + " any server of that CA can read the token");
        }
        return List.copyOf(risks);
    }

    /** No network is between, as with {@code kubectl proxy}. */
    private static boolean isLoopback(String url) {
        return url.matches("(?i)http://(localhost|127\\.[0-9.]{1,11}|\\[::1])([:/].*)?");
    }

    /** Whether the connection to this address is not encrypted. */
    public static boolean isPlain(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("http://");
    }
}
