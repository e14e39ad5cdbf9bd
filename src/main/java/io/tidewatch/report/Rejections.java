package io.tidewatch.report;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Ledger.WriteFailure;
import io.tidewatch.model.report.Ledger.WriteFailure.Result;
import java.util.Optional;

/** What is said of an action that did not come about. An outdated one is decided anew and not worth a line. */
final class Rejections {

    private static final String NO_ANSWER = "no answer to a write, will look again: ";
    private static final String RETRY = "not written, will try again: ";

    private Rejections() {}

    /** For a manifest with the place where it is written, since the API server knows the field alone. */
    static String words(Outcome.Rejected no) {
        String refused = no.action() instanceof Action.ApplyManifest
                ? place(no.action()) + "the API server refuses it"
                : "the API server refuses the change";
        return refused + " (" + no.code() + "): " + no.message();
    }

    private static String place(Action action) {
        return action instanceof Action.ApplyManifest apply
                ? apply.origin() + " " + apply.key().kind() + " " + apply.key().name() + ": "
                : "";
    }

    /** What an action's outcome leaves to report; nothing where it was carried out or is decided anew. */
    static Optional<WriteFailure> failure(Outcome outcome) {
        if (outcome instanceof Outcome.Conflicted conflict) {
            return notWritten("not written: " + conflict.manager() + " owns " + conflict.field());
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return notWritten(
                    rejected.isOfCaller() ? RETRY + place(rejected.action()) + rejected.message() : words(rejected));
        }
        if (outcome instanceof Outcome.Unavailable unavailable) {
            return unavailable.answered()
                    ? notWritten(RETRY + unavailable.message())
                    : Optional.of(new WriteFailure(Result.UNKNOWN, NO_ANSWER + unavailable.message()));
        }
        return Optional.empty();
    }

    private static Optional<WriteFailure> notWritten(String text) {
        return Optional.of(new WriteFailure(Result.NOT_WRITTEN, text));
    }
}
