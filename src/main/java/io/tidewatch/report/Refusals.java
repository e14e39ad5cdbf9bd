package io.tidewatch.report;

import io.tidewatch.model.Action;
import io.tidewatch.model.Outcome;
import java.util.Optional;

/** What is said of an action that did not come about. An outdated one is decided anew and not worth a line. */
final class Refusals {

    private Refusals() {}

    /** For a manifest with the place where it is written, since the API server knows the field alone. */
    static String words(Outcome.Rejected no) {
        String refused = no.action() instanceof Action.ApplyManifest apply
                ? apply.origin() + " " + apply.key().kind() + " " + apply.key().name() + ": the API server refuses it"
                : "the API server refuses the change";
        return refused + " (" + no.code() + "): " + no.message();
    }

    static Optional<String> said(Outcome outcome) {
        if (outcome instanceof Outcome.Conflicted clash) {
            return Optional.of("not written: " + clash.manager() + " owns " + clash.field());
        }
        if (outcome instanceof Outcome.Rejected no) {
            return Optional.of(words(no));
        }
        if (outcome instanceof Outcome.Unavailable away) {
            return Optional.of("not written, will try again: " + away.message());
        }
        return Optional.empty();
    }
}
