package io.tidewatch.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What an API server says when it refuses, in its own words; without an answer, the reason why there is none. */
public final class ServerWords {

    private ServerWords() {}

    public static String of(Throwable refusal) {
        Throwable root = refusal;
        while (true) {
            if (root instanceof KubernetesClientException answered
                    && answered.getStatus() != null
                    && answered.getStatus().getMessage() != null) {
                return answered.getStatus().getMessage();
            }
            if (root.getCause() == null) {
                return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            }
            root = root.getCause();
        }
    }
}
