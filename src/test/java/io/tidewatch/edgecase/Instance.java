package io.tidewatch.edgecase;

import io.tidewatch.cluster.InFlight;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.DesiredStateStage;
import io.tidewatch.loop.DiagnoseStage;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.OrphanHistory;
import io.tidewatch.loop.PlanStage;
import io.tidewatch.loop.PreflightStage;
import io.tidewatch.loop.RampStage;
import io.tidewatch.loop.ReportStage;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.loop.source.MirroredBaselines;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Faults;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.FailedWrites;
import io.tidewatch.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process of Tidewatch: the stages of the routes in their order, on one source. A new instance remembers nothing of an earlier one.
 */
final class Instance {

    private static final String SOURCE = "shop";

    private final Supplier<ClusterState> cluster;
    private final List<Problem> problems = new ArrayList<>();
    private final List<DiaryEntry> diary = new ArrayList<>();
    private final Map<Target, Incident> open = new HashMap<>();
    private final List<Incident> opened = new ArrayList<>();
    private final List<Incident> ended = new ArrayList<>();
    private final DefinitionsStage definitions;
    private final OrphanHistory orphans;
    private final ReportStage report;
    private final DesiredStateStage desired;
    private final DiagnoseStage diagnose;
    private final PlanStage plan;
    private final ApplyStage apply;
    private final ApplyStage.Writer writer;
    private Runnable beforeNextWrite = () -> {};
    private FailedWrites failed = FailedWrites.NONE;
    private Optional<Pass> last = Optional.empty();

    /**
     * @param cluster read at each pass
     * @param applies whether its source applies manifests, and not minimums alone
     * @param mirror the commits of the source by their ids
     */
    Instance(
            Clock clock,
            Supplier<ClusterState> cluster,
            ApplyStage.Writer writer,
            boolean applies,
            Map<String, Checkout> mirror) {
        this.cluster = cluster;
        this.writer = writer;
        this.definitions = new DefinitionsStage(
                new LinkedHashMap<>(Map.of(SOURCE, Scope.ALL)),
                Schemas.NEWEST,
                source -> PastTexts.NONE,
                (read, found) -> problems.addAll(found));
        this.orphans = new OrphanHistory(
                new MirroredBaselines(
                        (source, commit) -> Optional.ofNullable(mirror.get(commit)),
                        Map.of(SOURCE, Scope.ALL),
                        Schemas.NEWEST),
                Runnable::run,
                () -> {});
        this.report = new ReportStage(
                clock, false, Leadership.ALONE, () -> Map.copyOf(open), this::keep, Optional::empty, updates -> {});
        this.desired = new DesiredStateStage(clock, definitions, report);
        InFlight places = new InFlight(1);
        this.apply = new ApplyStage(this::write, clock, edge -> Duration.ofDays(1), places, 1, 2, 100, () -> false);
        this.diagnose = new DiagnoseStage(apply, () -> Faults.NONE);
        this.plan = new PlanStage(
                new Planner("tidewatch", Map.of(SOURCE, new SourcePolicy(SOURCE, applies, true)), orphans),
                false,
                Leadership.ALONE,
                () -> LearnedLeads.NONE);
    }

    private void keep(Pass pass, Report made) {
        diary.addAll(made.diary());
        made.ended().forEach(incident -> open.remove(incident.target()));
        made.opened().forEach(incident -> open.put(incident.target(), incident));
        opened.addAll(made.opened());
        ended.addAll(made.ended());
    }

    /** Something that happens once, between the pass's look at the cluster and its next write. */
    void beforeNextWrite(Runnable happens) {
        beforeNextWrite = happens;
    }

    private Outcome write(Action action) {
        Runnable happens = beforeNextWrite;
        beforeNextWrite = () -> {};
        happens.run();
        return writer.write(action);
    }

    /** A commit whose tree has these files. */
    static Checkout commit(String id, Map<String, String> files, Instant at) {
        return new Checkout(new Commit(SOURCE, id, "Dana", at, "a commit"), new TreeMap<>(files), files.keySet());
    }

    void read(Checkout commit) {
        definitions.keep(definitions.read(commit));
    }

    /** One pass, as routes/40-pass.yaml has it. */
    Pass pass() {
        Pass begun = desired.begin();
        Set<ObjectKey> declared = begun.definitions().sources().stream()
                .flatMap(source -> source.manifests().stream())
                .map(Manifest::key)
                .collect(Collectors.toSet());
        ClusterState state = cluster.get();
        Pass observed = begun.with(
                state,
                Observations.of(
                        state, Observations.concerned(state, begun.desired().targets(), declared, "tidewatch")));
        Pass stepped = new RampStage().step(desired.lead(observed));
        Pass planned = plan.plan(new PreflightStage().check(diagnose.diagnose(stepped)));
        Pass applying = apply.begin(planned);
        apply.turns().forEachRemaining(apply::carryOut);
        Pass reported = orphans.remember(report.report(apply.end(applying)));
        failed = failed.after(reported.outcomes());
        last = Optional.of(reported);
        return reported;
    }

    /** When the next pass is due if nothing changes in the cluster. */
    Optional<Instant> nextDue() {
        return last.flatMap(pass -> Stream.of(
                        pass.desired().next().stream(),
                        pass.preflights().next().stream(),
                        pass.plan().next().stream(),
                        pass.report().next().stream(),
                        failed.next(pass.report().at()).stream())
                .flatMap(instants -> instants)
                .min(Instant::compareTo));
    }

    Diagnosis diagnosis(Target target) {
        return last.orElseThrow().diagnoses().of(target).orElseThrow();
    }

    Pass lastPass() {
        return last.orElseThrow();
    }

    List<Action> lastActions() {
        return lastPass().plan().actions();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The lines of the diary with this code, in order. */
    List<String> told(String code) {
        return diary.stream()
                .filter(entry -> entry.code().equals(code))
                .map(DiaryEntry::text)
                .toList();
    }

    List<DiaryEntry> diary() {
        return List.copyOf(diary);
    }

    List<Incident> opened() {
        return List.copyOf(opened);
    }

    List<Incident> ended() {
        return List.copyOf(ended);
    }
}
