package io.tidewatch.loop;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Backoff;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.DryRunPlanner.Subject;
import io.tidewatch.plan.DryRunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by dry runs, once for each commit and target, who is in the way of the next edge. It looks at the latest pass
 * and never holds one up; a pass without a new commit costs a comparison, and no request.
 */
public final class DryRunStage implements DiagnoseStage.BackgroundFaults {

    private static final int ATTEMPTS = 5;
    private static final Backoff BACKOFF = Backoff.constant(Duration.ofMinutes(1));

    private final DryRunPlanner decision;
    private final boolean asking;
    private final Timetables timetables;
    private final Server server;
    private final Turn turn;
    private final Clock clock;
    private final ReportWriter reports;
    private final PassRequest passes;
    private final Map<Target, Subject> asked = new HashMap<>();
    private final Map<Target, Subject> waiting = new HashMap<>();
    private final Map<Target, Attempts> unanswered = new HashMap<>();
    private final NavigableMap<Target, List<Fault>> failing = new TreeMap<>();
    private volatile Faults faults = Faults.NONE;
    private volatile @Nullable Pass latest;
    private @Nullable Definitions settled;

    private record Attempts(int made, Instant next) {}

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
     * @param asking false: no dry run is ever sent
     * @param turn waits until a second dry run of a target may be sent; the first one has had its turn
     * @param passes asked for a pass where a target begins to fail here, or no longer fails
     */
    public DryRunStage(
            DryRunPlanner decision,
            boolean asking,
            Timetables timetables,
            Server server,
            Turn turn,
            Clock clock,
            ReportWriter reports,
            PassRequest passes) {
        this.decision = decision;
        this.asking = asking;
        this.timetables = timetables;
        this.server = server;
        this.turn = turn;
        this.clock = clock;
        this.reports = reports;
        this.passes = passes;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** Keeps the pass for the dry runs that follow it. */
    public Pass keep(Pass pass) {
        if (asking) {
            latest = pass;
        }
        return pass;
    }

    /** What is to be asked after the latest pass. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public synchronized List<DryRun> questions() {
        Pass pass = latest;
        if (pass == null || pass.definitions() == settled) {
            return List.of();
        }
        DryRunPlanner.Subjects all = decision.subjects(pass.definitions(), pass.agenda());
        Map<Target, Subject> subjects = all.byTarget();
        asked.keySet().retainAll(subjects.keySet());
        unanswered.keySet().retainAll(subjects.keySet());
        failing.keySet().retainAll(subjects.keySet());
        all.faults().byTarget().forEach(failing::put);
        SortedSet<Target> changed = new TreeSet<>();
        subjects.forEach((target, subject) -> {
            if (!subject.equals(asked.get(target))) {
                changed.add(target);
            }
        });
        SortedSet<Target> ready = new TreeSet<>(changed);
        ready.removeIf(this::isResting);
        DryRunPlanner.Round round = decision.about(
                ready,
                pass.definitions(),
                pass.agenda(),
                at -> timetables.at(pass.definitions(), at),
                pass.cluster(),
                pass.observation());
        Set<Target> inQuestion = round.questions().stream().map(DryRun::target).collect(Collectors.toSet());
        ready.stream().filter(target -> !inQuestion.contains(target)).forEach(failing::remove);
        round.faults().byTarget().forEach(this::fails);
        round.settled().forEach(target -> asked.put(target, subjects.get(target)));
        waiting.clear();
        round.questions().forEach(question -> waiting.put(question.target(), subjects.get(question.target())));
        if (round.settled().containsAll(changed)) {
            settled = pass.definitions();
        }
        settleFaults();
        return round.questions();
    }

    /** It is tried again after a pause, for as long as it takes. */
    private void fails(Target target, List<Fault> met) {
        failing.put(target, met);
        unanswered.put(target, new Attempts(0, clock.instant().plus(BACKOFF.first())));
    }

    private void settleFaults() {
        Faults now = new Faults(failing);
        boolean isNews = !now.equals(faults);
        faults = now;
        if (isNews) {
            passes.request();
        }
    }

    private boolean isResting(Target target) {
        return Optional.ofNullable(unanswered.get(target))
                .filter(attempts -> clock.instant().isBefore(attempts.next()))
                .isPresent();
    }

    /** Where a field is another's and will be taken, a second question tells what else stands against the write. */
    public DryRunAnswer ask(DryRun question) {
        return Guard.attempt(
                DryRunPlanner.STAGE, () -> answer(question), fault -> new DryRunAnswer.Failed(question, fault));
    }

    private DryRunAnswer answer(DryRun question) {
        DryRunAnswer answer = server.ask(question);
        boolean taken = question.next().schedule().onConflict() != ConflictPolicy.REPORT;
        if (answer instanceof DryRunAnswer.Owned && taken) {
            try {
                turn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return new DryRunAnswer.Unanswered(question, "stopped");
            }
            DryRunAnswer forced = server.ask(question.forced());
            return forced instanceof DryRunAnswer.Refused ? forced : answer;
        }
        return answer;
    }

    /** Says what came of it; what was not answered is asked again after a pause, and not for ever. */
    public synchronized void say(List<DryRunAnswer> answers) {
        Instant now = clock.instant();
        List<DiaryEntry> lines = new ArrayList<>();
        for (DryRunAnswer answer : answers) {
            Target target = answer.question().target();
            Optional<Fault> fault = answer instanceof DryRunAnswer.Failed failed
                    ? Optional.of(failed.fault())
                    : Guard.attempt(DryRunPlanner.STAGE, () -> told(answer, now, lines), Optional::of);
            fault.ifPresent(met -> fails(target, List.of(met)));
        }
        settleFaults();
        Pass pass = latest;
        if (pass != null && !lines.isEmpty()) {
            reports.write(pass, new Report(now, lines, List.of(), List.of(), List.of(), Ledger.NONE, Optional.empty()));
        }
    }

    private Optional<Fault> told(DryRunAnswer answer, Instant now, List<DiaryEntry> lines) {
        Target target = answer.question().target();
        if (answer instanceof DryRunAnswer.Unanswered nothing) {
            int made = Optional.ofNullable(unanswered.get(target))
                            .map(Attempts::made)
                            .orElse(0)
                    + 1;
            unanswered.put(target, new Attempts(made, now.plus(BACKOFF.pause(made))));
            if (made < ATTEMPTS) {
                return Optional.empty();
            }
            lines.add(DryRunReport.unanswered(nothing, now));
        }
        DryRunReport.of(answer, now).ifPresent(lines::add);
        unanswered.remove(target);
        Optional.ofNullable(waiting.get(target)).ifPresent(subject -> asked.put(target, subject));
        failing.remove(target);
        return Optional.empty();
    }
}
