package io.tidewatch.text;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Ledger.WriteFailure;
import io.tidewatch.model.report.Ledger.WriteFailure.Result;
import java.util.Optional;

/** The text about a write that failed. An outdated write is decided again and has no text. */
public final class WriteFailureText {

    private static final String NO_ANSWER = "no answer to a write, result unknown; checking on the next pass: ";
    private static final String RETRY = "not written, trying again: ";

    private WriteFailureText() {}

    /** The failure to report; absent if the write was done or is decided again. */
    public static Optional<WriteFailure> of(Outcome outcome) {
        if (outcome instanceof Outcome.Conflicted conflict) {
            return notWritten("not written: " + conflict(conflict));
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return notWritten(
                    rejected.isOfCaller() ? RETRY + place(rejected.action()) + rejected.message() : rejected(rejected));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return unavailable.answered()
                    ? notWritten(RETRY + unavailable.message())
                    : Optional.of(
                            new WriteFailure(unanswered(unavailable.action()), NO_ANSWER + unavailable.message()));
        }
        return Optional.empty();
    }

    private static Result unanswered(Action action) {
        boolean leavesMinimum = action instanceof Action.NudgeReplicaSets
                || action instanceof Action.PatchRollout
                || action instanceof Action.HandOverReplicas;
        return leavesMinimum ? Result.UNKNOWN_WITHOUT_MINIMUM : Result.UNKNOWN;
    }

    /** With the place of a manifest in Git, since the API server names only the field. */
    public static String rejected(Outcome.Rejected rejected) {
        return place(rejected.action()) + "the API server rejected the "
                + (rejected.action() instanceof Action.ApplyManifest ? "manifest" : "change") + " (" + rejected.code()
                + "): " + rejected.message();
    }

    public static String conflict(Outcome.Conflicted conflict) {
        return conflict.manager() + " owns " + conflict.field();
    }

    /** The answer was lost, and a later pass found the value in place. */
    public static String writtenAfterAll(int minimum) {
        return "the write without an answer had succeeded: minimum " + minimum;
    }

    private static String place(Action action) {
        return action instanceof Action.ApplyManifest apply
                ? apply.origin() + " " + apply.key().kind() + " " + apply.key().name() + ": "
                : "";
    }

    private static Optional<WriteFailure> notWritten(String text) {
        return Optional.of(new WriteFailure(Result.NOT_WRITTEN, text));
    }
}
