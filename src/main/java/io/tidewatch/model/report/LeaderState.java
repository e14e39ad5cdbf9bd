package io.tidewatch.model.report;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which replica leads, as one of them knows.
 *
 * @param leads whether this replica leads; it does where it is alone
 * @param replica the identity of this replica
 * @param leader the identity of the replica that leads; absent where there is no election, or none is known
 * @param term in which this replica leads; absent where it does not, or where there is no election
 * @param why this replica writes nothing although no other one is known to lead; absent also while nothing is known yet
 */
public record LeaderState(
        boolean leads, String replica, Optional<String> leader, OptionalInt term, Optional<String> why) {

    /** A process that knows of no other one. */
    public static LeaderState alone(String replica) {
        return new LeaderState(true, replica, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }
}
