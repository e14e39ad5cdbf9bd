package io.tidewatch.diagnose.chain;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * What the rules say of a target before time is considered.
 *
 * @param cause the cause, where the verdict itself is one
 * @param clock which time the target still has
 * @param serves whether enough pods serve, whatever the status says
 * @param says the sentence that a person reads
 * @param until when the verdict ends although no object changes, where it has no clock
 */
public record RuleVerdict(
        State state,
        Optional<Hop> hop,
        Optional<Cause> cause,
        Clock clock,
        boolean serves,
        String says,
        Optional<Instant> until) {

    private RuleVerdict(
            State state, Optional<Hop> hop, Optional<Cause> cause, Clock clock, boolean serves, String says) {
        this(state, hop, cause, clock, serves, says, Optional.empty());
    }

    /** Which time a target that waits has before it is late. */
    public enum Clock {
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

    /** Whether the target waits at this hop. */
    public boolean isAbout(Hop other) {
        return hop.filter(other::equals).isPresent();
    }

    public static RuleVerdict behind(Hop hop, Clock clock, String says) {
        return new RuleVerdict(State.WAITING, Optional.of(hop), Optional.empty(), clock, false, says);
    }

    public static RuleVerdict stopped(State state, Hop hop, Cause cause, String says) {
        return new RuleVerdict(state, Optional.of(hop), Optional.of(cause), Clock.NONE, false, says);
    }

    public static RuleVerdict unknown(String says) {
        return new RuleVerdict(State.UNKNOWN, Optional.empty(), Optional.empty(), Clock.NONE, false, says);
    }

    public static RuleVerdict converged(State state, String says) {
        return new RuleVerdict(state, Optional.empty(), Optional.empty(), Clock.NONE, true, says);
    }

    /** Nothing is late before the scale-down deadline that is waited for. */
    public static RuleVerdict keptOpen(String says, Optional<Instant> until) {
        return new RuleVerdict(
                State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.NONE, true, says, until);
    }

    public static RuleVerdict disagrees(String says) {
        return new RuleVerdict(State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.GRACE, true, says);
    }
}
