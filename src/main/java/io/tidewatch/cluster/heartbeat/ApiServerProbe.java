package io.tidewatch.cluster.heartbeat;

/**
 * One request that finds out whether the API server answers. {@link ReadyzProbe} sends {@code GET /readyz}; the renewal of a Lease
 * every few seconds could take its place.
 */
@FunctionalInterface
public interface ApiServerProbe {

    /**
     * Sends the request, and waits for its answer. The caller interrupts it after a few seconds.
     *
     * @throws RuntimeException without an answer, or with an answer that the API server cannot serve; the message has the reason
     */
    Answer send() throws InterruptedException;

    /** An answer that proves that the API server is there. */
    enum Answer {
        /** It can serve. */
        SERVES,
        /** 401: it does not accept our credentials. */
        REJECTS_CREDENTIALS,
        /** 403 or 404: this request is not permitted; whether the API server can serve is not known. */
        REJECTS_REQUEST
    }
}
