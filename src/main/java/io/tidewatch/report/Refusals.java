package io.tidewatch.report;

import io.tidewatch.model.Outcome;
import java.util.Optional;

/** What is said of an action that did not come about. An outdated one is decided anew and not worth a line. */
final class Refusals {

    private Refusals() {}

    static Optional<String> said(Outcome outcome) {
        if (outcome instanceof Outcome.Conflicted clash) {
            return Optional.of("not written: " + clash.manager() + " owns " + clash.field());
        }
        if (outcome instanceof Outcome.Rejected no) {
            return Optional.of("the API server refuses (" + no.code() + "): " + no.message());
        }
        if (outcome instanceof Outcome.Unavailable away) {
            return Optional.of("not written, will try again: " + away.message());
        }
        return Optional.empty();
    }
}
