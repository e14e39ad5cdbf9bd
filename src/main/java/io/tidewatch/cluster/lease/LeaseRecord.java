package io.tidewatch.cluster.lease;

import java.time.Duration;
import java.util.Optional;

/**
 * What a Lease says.
 *
 * @param holder the identity of the replica that leads; empty where the last one has released the Lease
 * @param duration how long the holder asks others to wait
 * @param term {@code leaseTransitions}: grows with each new leader
 * @param version the resourceVersion that was read; empty for a Lease that does not exist yet
 * @param uid of the object that was read; empty for a Lease that does not exist yet
 */
record LeaseRecord(Optional<String> holder, Duration duration, int term, String version, String uid) {

    /** A Lease that does not exist, after terms that are known. */
    static LeaseRecord missing(int lastTerm) {
        return new LeaseRecord(Optional.empty(), Duration.ZERO, lastTerm, "", "");
    }

    boolean isHeldBy(String identity) {
        return holder.filter(identity::equals).isPresent();
    }

    /** The same Lease, held by this replica in the next term. */
    LeaseRecord takenBy(String identity, Duration lease) {
        return new LeaseRecord(Optional.of(identity), lease, term + 1, version, uid);
    }

    /** The same Lease without a holder. */
    LeaseRecord released() {
        return new LeaseRecord(Optional.empty(), Duration.ofSeconds(1), term, version, uid);
    }
}
