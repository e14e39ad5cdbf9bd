package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.report.Reporter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Ends a pass: what is to be said is written down in one go, and what the next pass must know is kept. */
public final class ReportStage {

    private final Clock clock;
    private final boolean observing;
    private final Supplier<Map<Target, Incident>> open;
    private final BiConsumer<Pass, Report> writtenDown;
    private final Supplier<Optional<Map<Target, Update>>> followedBefore;
    private final Consumer<Map<Target, Update>> follow;
    private final FaultLog faults = new FaultLog();
    private volatile Kept kept;

    /**
     * @param observing Events are not written either
     * @param open incidents that last, from the journal
     * @param writtenDown takes a report and what receivers are told of it, whole or not at all
     * @param followedBefore the updates that were followed when the process before this one ended; empty as long as the
     *     journal has not been read. It is asked at each pass until it gives them.
     * @param follow takes what is followed from now on, where that changed
     */
    public ReportStage(
            Clock clock,
            boolean observing,
            Supplier<Map<Target, Incident>> open,
            BiConsumer<Pass, Report> writtenDown,
            Supplier<Optional<Map<Target, Update>>> followedBefore,
            Consumer<Map<Target, Update>> follow) {
        this.clock = clock;
        this.observing = observing;
        this.open = open;
        this.writtenDown = writtenDown;
        this.followedBefore = followedBefore;
        this.follow = follow;
        this.kept = new Kept(Diagnoses.NONE, List.of(), Ledger.NONE, false);
    }

    public Diagnoses lastDiagnoses() {
        return kept.diagnoses();
    }

    public Pass report(Pass pass) {
        faults.met(pass.faults());
        Optional<Map<Target, Update>> before = kept.followsBefore() ? Optional.empty() : followedBefore.get();
        Ledger ledger = before.map(kept.ledger()::followingToo).orElse(kept.ledger());
        Report made = Reporter.report(pass, kept.statuses(), ledger, open.get(), clock.instant());
        Report report = observing ? made.withoutEvents() : made;
        Pass told = pass.with(report);
        faults.settled(told.faults());
        writtenDown.accept(told, report);
        if (!report.ledger().updates().equals(kept.ledger().updates())) {
            follow.accept(report.ledger().updates());
        }
        kept = new Kept(
                told.diagnoses(), report.statuses(), report.ledger(), kept.followsBefore() || before.isPresent());
        return told;
    }

    /** What is to be written to the cluster of a pass that has been reported. */
    public List<KubernetesEvent> events(Pass pass) {
        return pass.report().events();
    }

    /**
     * What the next pass must know.
     *
     * @param followsBefore whether the updates that the process before this one followed are in the ledger
     */
    private record Kept(Diagnoses diagnoses, List<TargetStatus> statuses, Ledger ledger, boolean followsBefore) {}
}
