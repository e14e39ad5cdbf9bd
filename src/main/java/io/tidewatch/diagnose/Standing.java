package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Hop;
import io.tidewatch.model.State;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a target stands before time is asked.
 *
 * @param cause where the standing itself is one
 * @param clock which time the target still has
 * @param serves whether enough pods serve, whatever the status says
 * @param says what a person reads
 * @param until when it ends though no object changes, where it has no clock
 */
record Standing(
        State state,
        Optional<Hop> hop,
        Optional<Cause> cause,
        Clock clock,
        boolean serves,
        String says,
        Optional<Instant> until) {

    private Standing(State state, Optional<Hop> hop, Optional<Cause> cause, Clock clock, boolean serves, String says) {
        this(state, hop, cause, clock, serves, says, Optional.empty());
    }

    /** Which time a target that waits has before it is late. */
    enum Clock {
        NONE,
        /** From our write to the HPA's minimum. */
        FOLLOW,
        /** A lowering may first wait for health. */
        LOWERING,
        /** From the HPA's minimum to available. */
        TIMEOUT,
        /** For the status to agree. */
        GRACE
    }

    static Standing behind(Hop hop, Clock clock, String says) {
        return new Standing(State.WAITING, Optional.of(hop), Optional.empty(), clock, false, says);
    }

    static Standing stopped(State state, Hop hop, Cause cause, String says) {
        return new Standing(state, Optional.of(hop), Optional.of(cause), Clock.NONE, false, says);
    }

    static Standing unknown(String says) {
        return new Standing(State.UNKNOWN, Optional.empty(), Optional.empty(), Clock.NONE, false, says);
    }

    static Standing converged(State state, String says) {
        return new Standing(state, Optional.empty(), Optional.empty(), Clock.NONE, true, says);
    }

    /** Nothing is late before the scale-down deadline that is waited for. */
    static Standing keptOpen(String says, Optional<Instant> until) {
        return new Standing(State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.NONE, true, says, until);
    }

    static Standing disagrees(String says) {
        return new Standing(State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.GRACE, true, says);
    }
}
