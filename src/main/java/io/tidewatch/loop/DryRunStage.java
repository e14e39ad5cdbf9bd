package io.tidewatch.loop;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.DryRunPlanner.Subject;
import io.tidewatch.plan.DryRunReport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by dry runs, once for each commit and target, which field managers own what the next edge writes. The stage reads the
 * latest pass and delays no pass. A pass without a new commit costs a comparison, and no request.
 */
public final class DryRunStage implements DiagnoseStage.BackgroundFaults {

    private final DryRunPlanner planner;
    private final boolean enabled;
    private final Leadership leadership;
    private final Timetables timetables;
    private final DryRunSender sender;
    private final Clock clock;
    private final ReportWriter reports;
    private final PassRequest passes;
    private final DryRunMemory memory = new DryRunMemory();
    private volatile Faults faults = Faults.NONE;
    private volatile @Nullable Pass latest;
    private @Nullable Definitions settled;

    /** The pace of everything that writes. */
    @FunctionalInterface
    public interface Turn {

        /** Returns when it is the caller's turn. */
        void await() throws InterruptedException;
    }

    /** The desired state at an instant, by given definitions. */
    @FunctionalInterface
    public interface Timetables {

        DesiredState at(Definitions definitions, Instant instant);
    }

    /** Sends one dry run to the API server, see {@link ClusterWriter#ask}. */
    @FunctionalInterface
    public interface Server {

        DryRunAnswer ask(DryRun dryRun);
    }

    /**
     * @param enabled false: no dry run is ever sent, and the owners of spec.replicas are reported all the same
     * @param leadership without it no pass is kept, so that none is sent
     * @param turn awaited before a second dry run of a target; the route has awaited the turn of the first
     * @param passes requested where a target begins to fail here, or no longer fails
     */
    public DryRunStage(
            DryRunPlanner planner,
            boolean enabled,
            Leadership leadership,
            Timetables timetables,
            Server server,
            Turn turn,
            Clock clock,
            ReportWriter reports,
            PassRequest passes) {
        this.planner = planner;
        this.enabled = enabled;
        this.leadership = leadership;
        this.timetables = timetables;
        this.sender = new DryRunSender(server, turn);
        this.clock = clock;
        this.reports = reports;
        this.passes = passes;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** Keeps the pass for the dry runs that follow it, which the leader alone sends. */
    public Pass keep(Pass pass) {
        latest = leadership.leads() ? pass : null;
        return pass;
    }

    /** The dry runs to send after the latest pass. Who applies spec.replicas of a workload is reported without one. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public synchronized List<DryRun> dryRuns() {
        Pass pass = latest;
        if (pass == null || pass.definitions() == settled) {
            return List.of();
        }
        DryRunPlanner.Subjects all = planner.subjects(pass.definitions(), pass.desired());
        Map<Target, Subject> subjects = all.byTarget();
        memory.retain(subjects.keySet());
        all.faults().byTarget().forEach(memory::fault);
        Set<Target> changed = memory.changed(subjects);
        SortedSet<Target> ready = memory.ready(changed, clock.instant());
        DryRunPlanner.Planned planned =
                enabled ? planned(pass, ready) : planner.withoutDryRuns(ready, pass.observation());
        memory.begin(ready, planned, subjects, clock.instant());
        List<DiaryEntry> owners = planned.replicasOwners().stream()
                .filter(owner -> memory.isFirstReplicasOwner(owner.target(), subjects.get(owner.target())))
                .map(owner -> DryRunReport.replicasOwned(owner, clock.instant()))
                .toList();
        write(pass, owners, clock.instant());
        if (planned.settled().containsAll(changed)) {
            settled = pass.definitions();
        }
        settleFaults();
        return planned.dryRuns();
    }

    private DryRunPlanner.Planned planned(Pass pass, Set<Target> ready) {
        return planner.plan(
                ready,
                pass.definitions(),
                pass.desired(),
                at -> timetables.at(pass.definitions(), at),
                pass.cluster(),
                pass.observation());
    }

    private void settleFaults() {
        Faults now = memory.faults();
        boolean isNew = !now.equals(faults);
        faults = now;
        if (isNew) {
            passes.request();
        }
    }

    /** Sends a dry run, and where needed another one with force. */
    public DryRunAnswer send(DryRun dryRun) {
        return sender.send(dryRun);
    }

    /** Reports the answers. A dry run that got no answer is sent again after a pause, a bounded number of times. */
    public synchronized void report(List<DryRunAnswer> answers) {
        if (!leadership.leads()) {
            return;
        }
        Instant now = clock.instant();
        List<DiaryEntry> lines = new ArrayList<>();
        for (DryRunAnswer answer : answers) {
            Target target = answer.dryRun().target();
            Optional<Fault> fault = answer instanceof DryRunAnswer.Failed failed
                    ? Optional.of(failed.fault())
                    : Guard.attempt(DryRunPlanner.STAGE, () -> reported(answer, now, lines), Optional::of);
            fault.ifPresent(met -> memory.fails(target, List.of(met), now));
        }
        settleFaults();
        Pass pass = latest;
        if (pass != null) {
            write(pass, lines, now);
        }
    }

    private void write(Pass pass, List<DiaryEntry> lines, Instant now) {
        if (!lines.isEmpty()) {
            reports.write(pass, Report.of(now, lines));
        }
    }

    private Optional<Fault> reported(DryRunAnswer answer, Instant now, List<DiaryEntry> lines) {
        Target target = answer.dryRun().target();
        if (answer instanceof DryRunAnswer.Unanswered unanswered) {
            if (!memory.noAnswer(target, now)) {
                return Optional.empty();
            }
            lines.add(DryRunReport.unanswered(unanswered, now));
        }
        DryRunReport.of(answer, now).ifPresent(lines::add);
        memory.reported(target);
        return Optional.empty();
    }
}
