package io.tidewatch.diagnose.chain;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * The verdict of the rules on a target before time is considered.
 *
 * @param cause the cause, where the verdict itself is one
 * @param clock the time limit that applies to the target
 * @param serves whether enough pods serve, whatever the status says
 * @param sentence the sentence for people
 * @param until when the verdict ends although no object changes, where it has no clock
 */
public record RuleVerdict(
        State state,
        Optional<Hop> hop,
        Optional<Cause> cause,
        Clock clock,
        boolean serves,
        String sentence,
        Optional<Instant> until) {

    private RuleVerdict(
            State state, Optional<Hop> hop, Optional<Cause> cause, Clock clock, boolean serves, String sentence) {
        this(state, hop, cause, clock, serves, sentence, Optional.empty());
    }

    /** The time limits after which a target that waits is late. */
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

    public static RuleVerdict behind(Hop hop, Clock clock, String sentence) {
        return new RuleVerdict(State.WAITING, Optional.of(hop), Optional.empty(), clock, false, sentence);
    }

    public static RuleVerdict stopped(State state, Hop hop, Cause cause, String sentence) {
        return new RuleVerdict(state, Optional.of(hop), Optional.of(cause), Clock.NONE, false, sentence);
    }

    public static RuleVerdict unknown(String sentence) {
        return new RuleVerdict(State.UNKNOWN, Optional.empty(), Optional.empty(), Clock.NONE, false, sentence);
    }

    public static RuleVerdict converged(State state, String sentence) {
        return new RuleVerdict(state, Optional.empty(), Optional.empty(), Clock.NONE, true, sentence);
    }

    /** Nothing is late before the scale-down deadline that is waited for. */
    public static RuleVerdict keptOpen(String sentence, Optional<Instant> until) {
        return new RuleVerdict(
                State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.NONE, true, sentence, until);
    }

    public static RuleVerdict disagrees(String sentence) {
        return new RuleVerdict(State.WAITING, Optional.of(Hop.ROLLOUT), Optional.empty(), Clock.GRACE, true, sentence);
    }

    /** Enough pods serve for this step of a ramp; the next step is due at that instant. */
    public static RuleVerdict onRamp(String sentence, Optional<Instant> next) {
        return new RuleVerdict(
                State.WAITING, Optional.of(Hop.SCALED_OBJECT), Optional.empty(), Clock.NONE, true, sentence, next);
    }
}
