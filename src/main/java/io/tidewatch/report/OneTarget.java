package io.tidewatch.report;

import io.tidewatch.model.Agenda;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Ledger;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.ScaleSchedule;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a pass holds of one target, and which kind of report is made of it. */
record OneTarget(
        Pass pass,
        Target target,
        List<Hold> holds,
        List<Outcome> outcomes,
        Optional<Incident> open,
        Ledger.Page page,
        Instant now) {

    TargetReport.Result report() {
        Optional<TargetObservation> seen = seen();
        Optional<Diagnosis> diagnosis = pass.diagnoses().of(target);
        Optional<Wanted> wanted = wanted();
        Optional<Fault> fault = pass.faults().of(target);
        if (seen.isPresent() && wanted.isPresent() && diagnosis.isPresent()) {
            return new TargetReport(
                            wanted.get(),
                            seen.get(),
                            pass.before().of(target),
                            diagnosis.get(),
                            holds,
                            outcomes,
                            open,
                            page,
                            began(),
                            now)
                    .report();
        }
        return fault.map(this::afterFault)
                .orElseGet(
                        () -> new UnscheduledReport(seen.orElseThrow(), diagnosis, holds, outcomes, page, began(), now)
                                .report());
    }

    /** Where a fault leaves nothing else to make a report of. */
    TargetReport.Result afterFault(Fault fault) {
        Optional<ScaleSchedule> schedule = wanted().map(Wanted::schedule)
                .or(() ->
                        Optional.ofNullable(pass.agenda().failed().get(target)).map(Agenda.Failed::schedule));
        return new FaultReport(
                        target,
                        fault,
                        seen(),
                        schedule.map(ScaleSchedule::alerts),
                        wanted().map(Wanted::commit),
                        pass.before()
                                .of(target)
                                .filter(Diagnosis::isInternalError)
                                .isPresent(),
                        holds,
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

    private Optional<Wanted> wanted() {
        return Optional.ofNullable(pass.agenda().wanted().get(target));
    }

    private Instant began() {
        return pass.agenda().at();
    }
}
