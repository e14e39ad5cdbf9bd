package io.tidewatch.app.stage;

import io.tidewatch.model.Diagnoses;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Ledger;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Report;
import io.tidewatch.model.Target;
import io.tidewatch.report.Reporter;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Ends a pass: what is to be said is written down in one go, and what the next pass must know is kept. */
public final class ReportStage {

    private final Clock clock;
    private final boolean observing;
    private final Supplier<Map<Target, Incident>> open;
    private final BiConsumer<Pass, Report> writtenDown;
    private volatile Kept kept = new Kept(Diagnoses.NONE, Ledger.NONE);

    /**
     * @param observing Events are not written either
     * @param open incidents that last, from the journal
     * @param writtenDown takes a report and what receivers are told of it, whole or not at all
     */
    public ReportStage(
            Clock clock,
            boolean observing,
            Supplier<Map<Target, Incident>> open,
            BiConsumer<Pass, Report> writtenDown) {
        this.clock = clock;
        this.observing = observing;
        this.open = open;
        this.writtenDown = writtenDown;
    }

    public Diagnoses lastDiagnoses() {
        return kept.diagnoses();
    }

    public Pass report(Pass pass) {
        Report made = Reporter.report(pass, kept.ledger(), open.get(), clock.instant());
        Report report = observing ? made.withoutEvents() : made;
        writtenDown.accept(pass, report);
        kept = new Kept(pass.diagnoses(), report.ledger());
        return pass.with(report);
    }

    private record Kept(Diagnoses diagnoses, Ledger ledger) {}
}
