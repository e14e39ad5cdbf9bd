package io.tidewatch.report;

import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Ledger.Page;
import io.tidewatch.model.Ledger.Update;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.State;
import io.tidewatch.model.TargetObservation;
import java.time.Instant;
import java.util.Optional;

/** Follows a commit's change of a Rollout to its end: finished, or why not. */
record UpdateReport(TargetObservation seen, Optional<Diagnosis> diagnosis, Instant now) {

    Page follow(Told told, Page from) {
        Optional<RolloutView> rollout = seen.rollout();
        if (from.update().isEmpty() || rollout.isEmpty()) {
            return from;
        }
        Update update = from.update().get();
        RolloutView.Status status = rollout.get().status();
        boolean begun = !status.currentPodHash().equals(update.fromHash());
        if (begun && status.stableRS().equals(status.currentPodHash()) && isConverged()) {
            told.line(now, "update-finished", said(update, "finished in", update.what()));
            return from.following(Optional.empty());
        }
        if (begun && status.aborted()) {
            told.line(now, "update-aborted", said(update, "aborted after", status.message()));
            return from.following(Optional.empty());
        }
        return from;
    }

    private boolean isConverged() {
        return diagnosis.filter(found -> found.state() == State.CONVERGED).isPresent();
    }

    private String said(Update update, String end, String why) {
        return "update of " + update.commit().shortId() + " (" + update.commit().author() + ") " + end + " "
                + Durations.between(Optional.of(update.since()), now) + ": " + why;
    }
}
