package io.tidewatch.cluster.lease;

import java.time.Duration;

/**
 * The times of an election. A request that is sent just before the leader's deadline ends before another replica may lead:
 * {@code renewWithin + the longest request < lease}.
 *
 * @param lease how long another replica waits after it saw the Lease change last
 * @param renewWithin how long a replica leads after it sent the last renewal that succeeded
 */
public record LeaseTimes(Duration lease, Duration renewWithin) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(20);

    /** For an answer that is seen a little later than the request ended. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Duration UNBOUNDED = Duration.ofMinutes(1);
    private static final Duration MOST_MORE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(8);

    public LeaseTimes {
        if (renewWithin.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("a Lease of " + lease + " cannot be renewed within " + renewWithin);
        }
    }

    /**
     * @param timeout of a request of the client; zero: it waits for ever, which is taken for a minute. The client gives a request up to
     *     five seconds more than its timeout
     */
    public static LeaseTimes of(Duration timeout) {
        Duration bounded = timeout.isZero() ? UNBOUNDED : timeout;
        Duration longestRequest = bounded.plus(bounded.compareTo(MOST_MORE) > 0 ? MOST_MORE : bounded);
        Duration needed = SHORTEST_RENEWAL.plus(longestRequest).plus(MARGIN);
        Duration lease = needed.compareTo(SHORTEST_LEASE) > 0 ? needed : SHORTEST_LEASE;
        return new LeaseTimes(lease, SHORTEST_RENEWAL);
    }
}
