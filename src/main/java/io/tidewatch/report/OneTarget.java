package io.tidewatch.report;

import io.tidewatch.model.Fault;
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

    TargetReport.Result report() {
        Optional<TargetObservation> seen = seen();
        Optional<Diagnosis> diagnosis = pass.diagnoses().of(target);
        Optional<DesiredBounds> desired = desired();
        Optional<Fault> fault = pass.faults().of(target);
        if (seen.isPresent() && desired.isPresent() && diagnosis.isPresent()) {
            return new TargetReport(
                            desired.get(),
                            seen.get(),
                            pass.before().of(target),
                            diagnosis.get(),
                            skipped,
                            outcomes,
                            open,
                            page,
                            pass.preflights().of(target),
                            pass.preflights().loss(target),
                            began(),
                            now)
                    .report();
        }
        return fault.map(this::afterFault)
                .orElseGet(() -> new UnscheduledReport(
                                seen.orElseThrow(), diagnosis, skipped, outcomes, page, began(), now)
                        .report());
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
                        now)
                .report();
    }

    private Optional<TargetObservation> seen() {
        return Optional.ofNullable(pass.observation().targets().get(target));
    }

    private Optional<DesiredBounds> desired() {
        return pass.desired().of(target);
    }

    private Instant began() {
        return pass.desired().at();
    }
}
