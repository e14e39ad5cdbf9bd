package io.tidewatch.model.report;

import io.tidewatch.model.Fault;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a scheduled target stands: a row of {@code status}.
 *
 * <p>The groups are filled by name, so that no two numbers can change places unseen.
 *
 * @param window the window that counts now; absent: the baseline
 * @param next when the desired minimum changes next
 * @param held until when and why a person holds the target
 * @param lead what was learned of the time that its raises take
 * @param since since when the state is what it is, as far as this process observed
 */
public record TargetStatus(
        Target target,
        Optional<String> window,
        Minimum minimum,
        Pods pods,
        State state,
        Optional<Cause> cause,
        Optional<Instant> next,
        Instant since,
        String message,
        Optional<String> held,
        Optional<LearnedLead> lead) {

    public TargetStatus {
        message = StrangerText.line(message);
        held = held.map(StrangerText::line);
    }

    /** The row of a target of which an internal error leaves nothing to show. */
    public static TargetStatus unknown(Target target, Fault fault, Instant since) {
        return new TargetStatus(
                target,
                Optional.empty(),
                Minimum.UNKNOWN,
                Pods.UNKNOWN,
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                Optional.empty(),
                since,
                fault.summary(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same numbers after an internal error. */
    public TargetStatus with(Fault fault, Instant since) {
        return new TargetStatus(
                target,
                window,
                minimum,
                pods,
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                next,
                since,
                fault.summary(),
                held,
                lead);
    }

    /**
     * The minimum of the ScaledObject; absent where it is not known.
     *
     * @param live what the ScaledObject has
     * @param desired what counts now
     */
    public record Minimum(OptionalInt live, OptionalInt desired) {

        public static final Minimum UNKNOWN = new Minimum(OptionalInt.empty(), OptionalInt.empty());

        public Minimum withLive(OptionalInt count) {
            return new Minimum(count, desired);
        }

        public Minimum withDesired(OptionalInt count) {
            return new Minimum(live, count);
        }
    }

    /**
     * The pods; absent where their number is not known.
     *
     * @param replicas how many pods the Rollout asks for
     */
    public record Pods(OptionalInt available, OptionalInt replicas) {

        public static final Pods UNKNOWN = new Pods(OptionalInt.empty(), OptionalInt.empty());

        public Pods withAvailable(OptionalInt count) {
            return new Pods(count, replicas);
        }

        public Pods withReplicas(OptionalInt count) {
            return new Pods(available, count);
        }
    }
}
