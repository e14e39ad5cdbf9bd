package io.tidewatch.report;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The results of a pass for one target. Decides which kind of report the target gets. */
record OneTarget(
        Pass pass,
        Target target,
        List<Skipped> skipped,
        List<Outcome> outcomes,
        Optional<Incident> open,
        Ledger.Page page,
        Instant now) {

    /** @return empty where there is nothing to say, and the page stays as it is */
    Optional<TargetReport.Result> report(KnownReports known) {
        Optional<TargetObservation> seen = seen();
        Optional<Diagnosis> diagnosis = pass.diagnoses().of(target);
        Optional<DesiredBounds> desired = desired();
        Optional<Fault> fault = pass.faults().of(target);
        if (seen.isPresent() && desired.isPresent() && diagnosis.isPresent()) {
            return known.report(
                    question(desired.get(), seen.get(), diagnosis.get()),
                    pass.desired().at(),
                    now);
        }
        return Optional.of(fault.map(this::afterFault)
                .orElseGet(() -> new UnscheduledReport(
                                seen.orElseThrow(), diagnosis, skipped, outcomes, page, began(), new Moment(now))
                        .report()));
    }

    private TargetReport.Question question(DesiredBounds desired, TargetObservation seen, Diagnosis diagnosis) {
        return new TargetReport.Question(
                desired,
                seen,
                pass.before().of(target),
                diagnosis,
                skipped,
                outcomes,
                open,
                page,
                pass.preflights().of(target),
                pass.preflights().loss(target));
    }

    /** The report after an internal error. */
    TargetReport.Result afterFault(Fault fault) {
        Optional<ScaleSchedule> schedule = desired()
                .map(DesiredBounds::schedule)
                .or(() ->
                        Optional.ofNullable(pass.desired().failed().get(target)).map(DesiredState.Failed::schedule));
        return new FaultReport(
                        target,
                        fault,
                        seen(),
                        schedule.map(ScaleSchedule::alerts),
                        desired().map(DesiredBounds::commit),
                        pass.before()
                                .of(target)
                                .filter(Diagnosis::isInternalError)
                                .isPresent(),
                        skipped,
                        outcomes,
                        open,
                        page,
                        began(),
                        new Moment(now))
                .report();
    }

    private Optional<TargetObservation> seen() {
        return Optional.ofNullable(pass.observation().targets().get(target));
    }

    private Optional<DesiredBounds> desired() {
        return pass.desired().of(target);
    }

    private Moment began() {
        return new Moment(pass.desired().at());
    }
}
