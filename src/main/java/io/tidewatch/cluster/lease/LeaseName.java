package io.tidewatch.cluster.lease;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;

/** The Lease that the replicas of an instance elect a leader by. */
public record LeaseName(String namespace, String name) {

    private static final String PREFIX = "tidewatch-";
    private static final String DEFAULT_NAMESPACE = "default";

    /**
     * @param configured the namespace; absent: that of this pod, or of the kubeconfig's context
     * @param instance of which the replicas are
     */
    public static LeaseName of(Optional<String> configured, String instance, KubernetesClient client) {
        return new LeaseName(
                configured.orElseGet(() ->
                        Objects.requireNonNullElse(client.getConfiguration().getNamespace(), DEFAULT_NAMESPACE)),
                PREFIX + instance);
    }
}
