package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.IncidentText;
import java.util.List;
import java.util.Optional;

/** Reports a target that no schedule names (any more): the writes to it, and the update by a commit. */
record UnscheduledReport(
        TargetObservation seen,
        Optional<Diagnosis> diagnosis,
        List<Skipped> skipped,
        List<Outcome> outcomes,
        Page page,
        Moment began,
        Moment now) {

    TargetReport.Result report() {
        ReportLines lines = new ReportLines(seen.target());
        Page turned = new ActionReport(seen, Optional.empty(), outcomes, skipped, began, now).report(lines, page);
        removedInWindow(lines);
        turned = new UpdateReport(seen, diagnosis, now).follow(lines, turned);
        return new TargetReport.Result(lines, turned, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void removedInWindow(ReportLines lines) {
        Optional<String> window = seen.autoscaler().flatMap(live -> new OwnRecord(live.meta()).window());
        boolean lowered = outcomes.stream()
                .anyMatch(outcome ->
                        outcome instanceof Outcome.Done && outcome.action() instanceof Action.SetMinReplicas);
        window.filter(open -> lowered)
                .ifPresent(open ->
                        lines.line(now.instant(), DiaryEntry.REMOVED_IN_WINDOW, IncidentText.removedInWindow(open)));
    }
}
