package io.tidewatch.cluster.lease;

import java.util.Optional;

/**
 * The one Lease of an instance, on an API server. Each method sends one request and throws
 * {@link io.fabric8.kubernetes.client.KubernetesClientException} for an answer that is an error, or for none.
 */
interface LeaseStore {

    /** @return empty where there is no such Lease */
    Optional<LeaseRecord> read();

    /**
     * Creates the Lease, or replaces the version that was read; a Lease that vanished since is not created: 409, or 404.
     *
     * @return the Lease with its new version
     */
    LeaseRecord write(LeaseRecord lease);
}
