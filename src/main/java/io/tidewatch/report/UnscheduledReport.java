package io.tidewatch.report;

import io.tidewatch.model.Action;
import io.tidewatch.model.Annotations;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Ledger.Page;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.Stretch;
import io.tidewatch.model.TargetObservation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What there is to say of a target that no schedule names (any more): what was done to it, and a commit's update. */
record UnscheduledReport(
        TargetObservation seen,
        Optional<Diagnosis> diagnosis,
        List<Hold> holds,
        List<Outcome> outcomes,
        Page page,
        Instant began,
        Instant now) {

    TargetReport.Result report() {
        Told told = new Told(seen.target());
        Page turned = new Acts(seen, Optional.empty(), outcomes, holds, began, now).say(told, page);
        removedInWindow(told);
        turned = new UpdateReport(seen, diagnosis, now).follow(told, turned);
        return new TargetReport.Result(told, turned, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void removedInWindow(Told told) {
        Optional<String> window = seen.scaledObject()
                .flatMap(live -> live.meta().annotation(Annotations.WINDOW))
                .flatMap(stretch -> Stretch.parse(stretch).window());
        boolean lowered = outcomes.stream()
                .anyMatch(outcome ->
                        outcome instanceof Outcome.Done && outcome.action() instanceof Action.SetMinReplicas);
        window.filter(open -> lowered)
                .ifPresent(open -> told.line(
                        now,
                        DiaryEntry.REMOVED_IN_WINDOW,
                        "its schedule was removed while window " + open + " was open; the baseline counts again"));
    }
}
