package io.tidewatch.report;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.text.IncidentText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reports a target after an internal error, from as few of its objects as possible, so that the error does not happen here
 * again. The writes to the target are reported as well, unless that meets the error again.
 *
 * @param routing of its schedule; absent where none names the target
 * @param commit of its schedule, where the desired bounds are known
 * @param known whether the pass before reported an internal error of this target already
 */
record FaultReport(
        Target target,
        Fault fault,
        Optional<TargetObservation> seen,
        Optional<AlertRouting> routing,
        Optional<Commit> commit,
        boolean known,
        List<Skipped> skipped,
        List<Outcome> outcomes,
        Optional<Incident> open,
        Page page,
        Moment began,
        Moment now) {

    static final String CODE = "internal-error";

    TargetReport.Result report() {
        Acted acted = seen.map(chain -> Guard.attempt(fault.stage(), () -> acted(chain), failed -> nothing()))
                .orElseGet(this::nothing);
        ReportLines lines = acted.lines();
        if (!known) {
            lines.line(began.instant(), CODE, State.UNKNOWN.word() + ": " + fault.summary());
            lines.event(seen.flatMap(chain -> Guard.attempt(
                    fault.stage(),
                    () -> new Events(chain)
                            .onTarget(Severity.WARNING, Cause.INTERNAL_ERROR.word(), fault.summary(), now.instant()),
                    failed -> Optional.empty())));
        }
        Page turned = acted.page().troubled(page.troubleSince().orElseGet(now::instant));
        Optional<Incident> opened = open.isEmpty() ? Optional.of(incident()) : Optional.empty();
        opened.ifPresent(one -> lines.line(now.instant(), "incident-opened", IncidentText.opened(one.summary())));
        return new TargetReport.Result(lines, turned, opened, Optional.empty(), Optional.empty());
    }

    private Incident incident() {
        IncidentCandidate candidate = new IncidentCandidate(
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                Optional.empty(),
                routing.map(AlertRouting::severity)
                        .map(IncidentCandidate::quieter)
                        .orElse(Severity.WARNING),
                Duration.ZERO,
                fault.summary());
        return Incidents.opened(
                target,
                Optional.empty(),
                routing.map(AlertRouting::receivers).orElse(List.of()),
                candidate,
                now.instant());
    }

    private Acted acted(TargetObservation chain) {
        ReportLines lines = new ReportLines(target);
        return new Acted(lines, new ActionReport(chain, commit, outcomes, skipped, began, now).report(lines, page));
    }

    private Acted nothing() {
        return new Acted(new ReportLines(target), page);
    }

    /** The lines about the writes, and the page after them. */
    private record Acted(ReportLines lines, Page page) {}
}
