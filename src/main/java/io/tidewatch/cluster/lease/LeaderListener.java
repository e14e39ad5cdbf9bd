package io.tidewatch.cluster.lease;

/** Is called once for each change, by the thread that talked to the API server. No method may wait. */
public interface LeaderListener {

    /** This replica leads from now on. */
    void leads(int term);

    /**
     * This replica leads no longer, or never did.
     *
     * @param why who leads, or why this replica cannot
     */
    void follows(String why);

    /**
     * There is no election: the Lease may not be written.
     *
     * @param why in the words of the API server
     */
    void electsNobody(String why);
}
