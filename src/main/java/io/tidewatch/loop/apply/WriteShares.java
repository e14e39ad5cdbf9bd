package io.tidewatch.loop.apply;

/**
 * How many of the requests of a second Events and dry runs may use.
 *
 * @param perSecond how many requests that write may be sent in a second
 */
record WriteShares(int perSecond) {

    /** The share of Events, and of dry runs, while a write that is due waits for its turn. */
    private static final int WHILE_WRITES_WAIT = 10;

    private static final int DRY_RUNS = 4;

    /** All requests, unless writes wait. */
    int events(boolean writesWait) {
        return writesWait ? share(WHILE_WRITES_WAIT) : perSecond;
    }

    /** A quarter of the requests, unless writes wait. */
    int dryRuns(boolean writesWait) {
        return share(writesWait ? WHILE_WRITES_WAIT : DRY_RUNS);
    }

    private int share(int divisor) {
        return Math.max(1, perSecond / divisor);
    }
}
