package io.tidewatch.model.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * One hop of the chain from a minimum to the pods, as people read it: what is wanted there, and what is there.
 *
 * @param name of the hop, or of the kind of a workload that has no hop of its own
 * @param desired a number, a number with {@code +} for "at least", or {@code -} where it is not known
 * @param now a number, or {@code -} where it was not seen
 * @param claimed what the object's own status says; absent where it says nothing about this hop
 * @param verdict {@code ok}, or how this hop holds the target; empty where it was not judged
 * @param since when this hop began to hold the target; absent for all other hops
 */
public record HopRow(
        String name, String desired, String now, Optional<String> claimed, String verdict, Optional<Instant> since) {

    /** What stands where a number is not known. */
    public static final String UNKNOWN = "-";

    /** The verdict of a hop that is where it should be. */
    public static final String OK = "ok";

    /** Whether the target is held here. */
    public boolean holds() {
        return !verdict.isEmpty() && !verdict.equals(OK);
    }
}
