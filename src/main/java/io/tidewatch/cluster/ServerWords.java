package io.tidewatch.cluster;

/** What an API server says when it refuses, in its own words; without an answer, the reason why there is none. */
public final class ServerWords {

    private ServerWords() {}

    public static String of(Throwable refusal) {
        return Refusal.said(refusal);
    }
}
