package io.tidewatch.report;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is told of a target after an internal error, from as little as possible: what was wrong with it once must not be
 * wrong here again. What was done to it is told too where that can be put into words.
 *
 * @param routing of its schedule; absent where none names it
 * @param commit of its schedule, where what counts is known
 * @param known whether the pass before told of an internal error of this target already
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
        Instant began,
        Instant now) {

    static final String CODE = "internal-error";

    TargetReport.Result report() {
        Acted acted = seen.map(chain -> Guard.attempt(fault.stage(), () -> acted(chain), failed -> nothing()))
                .orElseGet(this::nothing);
        ReportLines told = acted.told();
        if (!known) {
            told.line(began, CODE, State.UNKNOWN.word() + ": " + fault.summary());
            told.event(seen.flatMap(chain -> Guard.attempt(
                    fault.stage(),
                    () -> new Events(chain)
                            .onTarget(Severity.WARNING, Cause.INTERNAL_ERROR.word(), fault.summary(), now),
                    failed -> Optional.empty())));
        }
        Page turned = acted.page().troubled(page.troubleSince().orElse(now));
        Optional<Incident> opened = open.isEmpty() ? Optional.of(incident()) : Optional.empty();
        opened.ifPresent(one -> told.line(now, "incident-opened", IncidentText.opened(one.summary())));
        return new TargetReport.Result(told, turned, opened, Optional.empty(), Optional.empty());
    }

    private Incident incident() {
        IncidentCandidate trouble = new IncidentCandidate(
                State.UNKNOWN,
                Optional.of(Cause.INTERNAL_ERROR),
                Optional.empty(),
                routing.map(AlertRouting::severity)
                        .map(IncidentCandidate::quieter)
                        .orElse(Severity.WARNING),
                Duration.ZERO,
                fault.summary());
        return Incidents.opened(
                target, Optional.empty(), routing.map(AlertRouting::receivers).orElse(List.of()), trouble, now);
    }

    private Acted acted(TargetObservation chain) {
        ReportLines told = new ReportLines(target);
        return new Acted(told, new ActionReport(chain, commit, outcomes, skipped, began, now).say(told, page));
    }

    private Acted nothing() {
        return new Acted(new ReportLines(target), page);
    }

    /** What was told of its actions, and the page after it. */
    private record Acted(ReportLines told, Page page) {}
}
