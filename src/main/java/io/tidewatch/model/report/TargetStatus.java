package io.tidewatch.model.report;

import io.tidewatch.model.Fault;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of a scheduled target, as {@code status} shows it.
 *
 * @param window what counts now; absent: the baseline
 * @param min the live minimum
 * @param desired the desired minimum; absent where it is unknown
 * @param available pods
 * @param replicas pods that the Rollout asks for
 * @param next when the desired minimum changes next
 * @param since since when the state is what it is, as far as this process saw
 */
public record TargetStatus(
        Target target,
        Optional<String> window,
        OptionalInt min,
        OptionalInt desired,
        OptionalInt available,
        OptionalInt replicas,
        State state,
        Optional<Cause> cause,
        Optional<Instant> next,
        Instant since,
        String message) {

    public TargetStatus {
        message = StrangerText.line(message);
    }

    /** Of a target of which an internal error leaves nothing to tell. */
    public static TargetStatus unknown(Target target, Fault fault, Instant since) {
        return new TargetStatus(
                target,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                Optional.empty(),
                since,
                fault.summary());
    }

    /** The same numbers after an internal error. */
    public TargetStatus with(Fault fault, Instant since) {
        return new TargetStatus(
                target,
                window,
                min,
                desired,
                available,
                replicas,
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                next,
                since,
                fault.summary());
    }
}
