package io.tidewatch.cluster.heartbeat;

import java.time.Duration;

/**
 * One request that finds out whether the API server answers. {@link ReadyzProbe} sends {@code GET /readyz}; where there
 * is an election, the renewal of the Lease takes its place.
 */
@FunctionalInterface
public interface ApiServerProbe {

    /**
     * Sends the request, and waits for its answer. The caller interrupts it after a few seconds.
     *
     * @throws RuntimeException without an answer, or with an answer that the API server cannot serve; the message has the reason
     */
    Answer send() throws InterruptedException;

    /**
     * The time from one request to the next.
     *
     * @param usual of a request that only asks whether the API server answers
     */
    default Duration period(Duration usual) {
        return usual;
    }

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
