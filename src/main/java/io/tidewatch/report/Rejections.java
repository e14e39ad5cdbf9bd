package io.tidewatch.report;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.util.Optional;

/** What is said of an action that did not come about. An outdated one is decided anew and not worth a line. */
final class Rejections {

    private static final String UNANSWERED = "no answer to a write, will look again: ";
    private static final String TRYING = "not written, will try again: ";

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

    /** Whether what was said last is that nobody knows whether it was written. */
    static boolean isOpen(String said) {
        return said.startsWith(UNANSWERED);
    }

    static Optional<String> said(Outcome outcome) {
        if (outcome instanceof Outcome.Conflicted clash) {
            return Optional.of("not written: " + clash.manager() + " owns " + clash.field());
        }
        if (outcome instanceof Outcome.Rejected no) {
            return Optional.of(no.isOfUs() ? TRYING + place(no.action()) + no.message() : words(no));
        }
        if (outcome instanceof Outcome.Unavailable away) {
            return Optional.of(away.answered() ? TRYING + away.message() : UNANSWERED + away.message());
        }
        return Optional.empty();
    }
}
