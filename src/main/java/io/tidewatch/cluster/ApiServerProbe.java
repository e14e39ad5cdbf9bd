package io.tidewatch.cluster;

/**
 * Asks the API server once whether it is there. {@link ReadyzProbe} sends a plain request; whoever renews a Lease every few
 * seconds anyway learns the same from that and can take its place.
 */
@FunctionalInterface
public interface ApiServerProbe {

    /**
     * Asks, and waits for the answer. The caller gives up after a few seconds and interrupts it.
     *
     * @throws RuntimeException without an answer, or with one that says that it cannot serve; the message says which
     */
    Answer ask() throws InterruptedException;

    /** Each of them means that the API server is there. */
    enum Answer {
        /** It can serve. */
        SERVES,
        /** 401: it does not accept our credentials. */
        REJECTS_CREDENTIALS,
        /** 403 or 404: we may not ask this; whether it can serve is not known. */
        REJECTS_QUESTION
    }
}
