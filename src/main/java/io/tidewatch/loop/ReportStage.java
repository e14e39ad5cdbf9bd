package io.tidewatch.loop;

import io.tidewatch.diagnose.Pictures;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.report.KnownReports;
import io.tidewatch.report.Reporter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a pass: writes its report in one transaction, and keeps what the next pass must know. A replica that does not lead writes
 * nothing and keeps no ledger: when it leads, it reports like a process that has just started.
 */
public final class ReportStage implements DesiredStateStage.LastDiagnoses {

    private final Clock clock;
    private final boolean observing;
    private final Leadership leadership;
    private final OpenIncidents incidents;
    private final ReportWriter reports;
    private final FollowedBefore followedBefore;
    private final FollowedUpdates updates;
    private final FaultLog faults = new FaultLog();
    private final KnownReports known = new KnownReports();
    private volatile Kept kept;

    /** The updates of Rollouts that were followed when the process before this one ended, from the journal. */
    @FunctionalInterface
    public interface FollowedBefore {

        /** @return empty as long as the journal has not been read */
        Optional<Map<Target, Update>> updates();
    }

    /** Keeps in the journal which updates of Rollouts are followed. */
    @FunctionalInterface
    public interface FollowedUpdates {

        /** Replaces the updates that are followed, where they changed. */
        void follow(Map<Target, Update> updates);
    }

    /**
     * @param observing Events are not written either
     * @param followedBefore read at each pass until the updates are there
     */
    public ReportStage(
            Clock clock,
            boolean observing,
            Leadership leadership,
            OpenIncidents incidents,
            ReportWriter reports,
            FollowedBefore followedBefore,
            FollowedUpdates updates) {
        this.clock = clock;
        this.observing = observing;
        this.leadership = leadership;
        this.incidents = incidents;
        this.reports = reports;
        this.followedBefore = followedBefore;
        this.updates = updates;
        this.kept = new Kept(Diagnoses.NONE, List.of(), Ledger.NONE, false, false);
    }

    @Override
    public Diagnoses lastDiagnoses() {
        return kept.diagnoses();
    }

    public Pass report(Pass pass) {
        faults.met(pass.faults());
        if (!leadership.leads()) {
            return followed(pass);
        }
        Optional<Map<Target, Update>> before = kept.followsBefore() ? Optional.empty() : followedBefore.updates();
        Ledger ledger = before.map(kept.ledger()::followingToo).orElse(kept.ledger());
        Report made = Reporter.report(
                kept.followed() ? pass.reportedFirst() : pass,
                kept.statuses(),
                ledger,
                incidents.openIncidents(),
                clock.instant(),
                known,
                Pictures::of);
        Report report = observing ? made.withoutEvents() : made;
        Pass reported = pass.with(report);
        faults.settled(reported.faults());
        reports.write(reported, report);
        if (!report.ledger().updates().equals(kept.ledger().updates())) {
            updates.follow(report.ledger().updates());
        }
        kept = new Kept(
                reported.diagnoses(),
                report.statuses(),
                report.ledger(),
                kept.followsBefore() || before.isPresent(),
                false);
        return reported;
    }

    private Pass followed(Pass pass) {
        Report made =
                Reporter.report(pass, kept.statuses(), Ledger.NONE, Map.of(), clock.instant(), known, Pictures::of);
        Pass reported = pass.with(made.untold());
        faults.settled(reported.faults());
        kept = new Kept(reported.diagnoses(), made.statuses(), Ledger.NONE, false, true);
        return reported;
    }

    /** The Events of a pass that has been reported. */
    public List<KubernetesEvent> events(Pass pass) {
        return pass.report().events();
    }

    /**
     * What the next pass must know.
     *
     * @param followsBefore whether the updates that the process before this one followed are in the ledger
     * @param followed whether the pass was that of a replica that does not lead, so that nothing of it was told
     */
    private record Kept(
            Diagnoses diagnoses, List<TargetStatus> statuses, Ledger ledger, boolean followsBefore, boolean followed) {}
}
