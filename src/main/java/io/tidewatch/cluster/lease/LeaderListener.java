package io.tidewatch.cluster.lease;

/** Is called once for each change, by the thread that talked to the API server. No method may wait. */
public interface LeaderListener {

    /** This replica leads from now on: it writes to the cluster, and it reports. */
    void leads(int term);

    /**
     * Another replica leads.
     *
     * @param leader its identity
     */
    void follows(String leader);

    /**
     * The other replica that leads is alive, which one that this replica only finds named in the Lease need not be. Called once for each
     * leader that takes the place of this replica.
     *
     * @param leader its identity
     */
    void isLedBy(String leader);

    /**
     * Nobody is known to lead, and this replica cannot: it writes nothing to the cluster, but it reports what it sees. Somebody must.
     *
     * @param why in a sentence's end
     */
    void reportsOnly(String why);

    /**
     * There is no election: the Lease may not be written.
     *
     * @param why in the words of the API server
     */
    void electsNobody(String why);
}
