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

    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(8);

    public LeaseTimes {
        if (renewWithin.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("a Lease of " + lease + " cannot be renewed within " + renewWithin);
        }
    }

    /** @param longestRequest after which the client gives up a request */
    public static LeaseTimes of(Duration longestRequest) {
        Duration needed = SHORTEST_RENEWAL.plus(longestRequest).plus(MARGIN);
        Duration lease = needed.compareTo(SHORTEST_LEASE) > 0 ? needed : SHORTEST_LEASE;
        return new LeaseTimes(lease, lease.minus(longestRequest).minus(MARGIN));
    }
}
