package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.Planner;
import io.tidewatch.schedule.DesiredStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One target among three is broken, in each stage in turn: it is unknown, with one incident, one stack trace and one id,
 * and the other two are raised, written and told as if it were not there.
 *
 * <p>The faults are values that the stage in question stumbles over: a null where none may be, a share that overflows.
 */
@SuppressWarnings("NullOptional") // nulls where none may be are the faults
class FaultyTargetTest {

    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Target BROKEN = new Target("shop", "cart");
    private static final List<Target> OTHERS = List.of(new Target("shop", "checkout"), new Target("shop", "search"));

    private final MovedClock clock = new MovedClock(OPENS);
    private final CapturedLog log = CapturedLog.start();
    private final Map<Target, Integer> live = new HashMap<>(Map.of(BROKEN, 5, OTHERS.get(0), 5, OTHERS.get(1), 5));
    private final Map<Target, Incident> open = new HashMap<>();
    private final List<Incident> ended = new ArrayList<>();
    private final List<KubernetesEvent> events = new ArrayList<>();
    private final Set<Target> failingWrites = new HashSet<>();
    private final DiagnoseStage diagnose = new DiagnoseStage(Set::of, () -> Faults.NONE);
    private final PlanStage plan =
            new PlanStage(new Planner("tidewatch", Map.of()), false, Leadership.ALONE, () -> LearnedLeads.NONE);
    private final ApplyStage apply =
            new ApplyStage(this::write, clock, edge -> Duration.ofDays(1), new InFlight(8), 8, 2, 20, () -> false);
    private final ReportStage report = new ReportStage(
            clock, false, Leadership.ALONE, () -> Map.copyOf(open), this::writeDown, Optional::empty, updates -> {});
    private final StatusStage status = new StatusStage();

    /** Where the fault is planted, and whether the target's own minimum is written all the same. */
    enum Stage {
        DESIRED("desired", false),
        OBSERVE("observe", false),
        DIAGNOSE("diagnose", true),
        PLAN("plan", false),
        APPLY("apply", false),
        REPORT("report", true),
        STATUS("status", true);

        private final String word;
        private final boolean written;

        Stage(String word, boolean written) {
            this.word = word;
            this.written = written;
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void theOthersAreWrittenAndReportedAndThisOneIsUnknown(Stage stage) {
        Pass pass = pass(Optional.of(stage));

        assertThat(pass.faults().targets()).containsExactly(BROKEN);
        assertThat(pass.faults().of(BROKEN).orElseThrow().stage()).isEqualTo(stage.word);
        OTHERS.forEach(other -> {
            assertThat(live).containsEntry(other, 7);
            assertThat(open).doesNotContainKey(other);
            assertThat(row(other).state()).isNotEqualTo(State.UNKNOWN);
            assertThat(pass.report().diary())
                    .anySatisfy(line -> assertThat(line.target() + line.text())
                            .contains(other.name())
                            .contains("window peak opens: minimum 5 → 7"));
        });
        assertThat(live).containsEntry(BROKEN, stage.written ? 7 : 5);
        String id = pass.faults().of(BROKEN).orElseThrow().id();
        assertThat(pass.diagnoses().of(BROKEN)).hasValueSatisfying(diagnosis -> {
            assertThat(diagnosis.state()).isEqualTo(State.UNKNOWN);
            assertThat(diagnosis.cause()).contains(Cause.INTERNAL_ERROR);
        });
        assertThat(open.get(BROKEN)).satisfies(incident -> {
            assertThat(incident.cause()).contains(Cause.INTERNAL_ERROR);
            assertThat(incident.severity()).isEqualTo(Severity.WARNING);
            assertThat(incident.receivers()).containsExactly("oncall");
            assertThat(incident.summary()).contains(id).contains(stage.word);
        });
        assertThat(row(BROKEN).state()).isEqualTo(State.UNKNOWN);
        assertThat(row(BROKEN).cause()).contains(Cause.INTERNAL_ERROR);
        assertThat(row(BROKEN).message()).contains(id);
        assertThat(events)
                .filteredOn(event -> event.target().equals(BROKEN)
                        && event.reason().equals("InternalError")
                        && event.message().contains(id))
                .hasSize(1);
        assertThat(traces(id)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void itIsReportedOnceWhileItLastsAndResolvedWhenItIsGone(Stage stage) {
        String id = pass(Optional.of(stage)).faults().of(BROKEN).orElseThrow().id();
        for (int again = 0; again < 3; again++) {
            clock.moveTo(clock.instant().plusSeconds(60));
            failsAsBefore(pass(Optional.of(stage)), id);
        }
        assertThat(traces(id)).hasSize(1);
        assertThat(events)
                .filteredOn(event -> event.reason().equals("InternalError"))
                .hasSize(1);
        assertThat(ended).isEmpty();

        for (int well = 0; well < 3; well++) {
            clock.moveTo(clock.instant().plusSeconds(31));
            assertThat(pass(Optional.empty()).faults().isEmpty()).isTrue();
        }

        assertThat(live).containsEntry(BROKEN, 7);
        assertThat(ended).singleElement().satisfies(incident -> {
            assertThat(incident.target()).isEqualTo(BROKEN);
            assertThat(incident.cause()).contains(Cause.INTERNAL_ERROR);
        });
        assertThat(row(BROKEN).state()).isNotEqualTo(State.UNKNOWN);

        clock.moveTo(clock.instant().plusSeconds(31));
        live.put(BROKEN, 5);
        assertThat(pass(Optional.of(stage)).faults().of(BROKEN).orElseThrow().id())
                .isEqualTo(id);
        assertThat(traces(id)).as("it had gone and came back").hasSize(2);
        assertThat(open).containsKey(BROKEN);
    }

    /** A write that was made does not fail again, and a plan that has nothing to write stumbles over nothing. */
    private static void failsAsBefore(Pass pass, String id) {
        assertThat(pass.faults().of(BROKEN))
                .hasValueSatisfying(fault -> assertThat(fault.id()).isEqualTo(id));
    }

    /** What counts for it is not known, so it keeps what it has: neither the baseline nor the way of an orphan. */
    @Test
    void aTargetWhoseDesiredStateFailsInsideItsWindowKeepsItsMinimum() {
        pass(Optional.empty());
        assertThat(live).containsEntry(BROKEN, 7);

        clock.moveTo(clock.instant().plusSeconds(60));
        Pass pass = pass(Optional.of(Stage.DESIRED));

        assertThat(pass.plan().actions()).isEmpty();
        assertThat(live).containsEntry(BROKEN, 7);
        assertThat(pass.report().ended()).isEmpty();
    }

    /** Beside the passes: the others' edges are tried, and the next pass tells of this one. */
    @Test
    void aTargetWhoseDryRunFailsIsUnknownFromTheNextPassOnUntilItSucceeds() {
        clock.moveTo(OPENS.minus(Duration.ofHours(3)));
        List<Target> asked = new ArrayList<>();
        int[] looks = {0};
        DryRunStage ownership = new DryRunStage(
                new DryRunPlanner("tidewatch", Map.of()),
                true,
                Leadership.ALONE,
                DesiredStates::at,
                question -> {
                    asked.add(question.target());
                    return new DryRunAnswer.Accepted(question);
                },
                () -> {},
                clock,
                (pass, report) -> {},
                () -> looks[0]++);
        Pass quiet = pass(Optional.empty());

        ownership.keep(withoutNext(quiet));
        ownership.report(ownership.dryRuns().stream().map(ownership::send).toList());

        assertThat(asked).containsExactlyInAnyOrderElementsOf(OTHERS);
        assertThat(ownership.faults().targets()).containsExactly(BROKEN);
        assertThat(looks[0]).isOne();
        Pass told = report.report(new DiagnoseStage(Set::of, ownership).diagnose(quiet));
        status.keep(told);
        assertThat(row(BROKEN).cause()).contains(Cause.INTERNAL_ERROR);
        assertThat(open.get(BROKEN).summary())
                .contains("in ownership")
                .contains(ownership.faults().of(BROKEN).orElseThrow().id());

        clock.moveTo(clock.instant().plusSeconds(60));
        ownership.keep(quiet);
        ownership.report(ownership.dryRuns().stream().map(ownership::send).toList());

        assertThat(asked).contains(BROKEN);
        assertThat(ownership.faults().isEmpty()).isTrue();
        assertThat(looks[0]).isEqualTo(2);
    }

    @Test
    void anExceptionOfADryRunIsAFaultOfItsTarget() {
        clock.moveTo(OPENS.minus(Duration.ofHours(3)));
        DryRunStage ownership = new DryRunStage(
                new DryRunPlanner("tidewatch", Map.of()),
                true,
                Leadership.ALONE,
                DesiredStates::at,
                question -> {
                    if (question.target().equals(BROKEN)) {
                        throw new AssertionError("planted");
                    }
                    return new DryRunAnswer.Accepted(question);
                },
                () -> {},
                clock,
                (pass, report) -> {},
                () -> {});

        ownership.keep(pass(Optional.empty()));
        ownership.report(ownership.dryRuns().stream().map(ownership::send).toList());

        assertThat(ownership.faults().targets()).containsExactly(BROKEN);
        ownership.keep(pass(Optional.empty()));
        assertThat(ownership.dryRuns()).as("not again at once").isEmpty();
    }

    private Pass pass(Optional<Stage> faulty) {
        Instant now = clock.instant();
        Definitions definitions =
                definitions(faulty.filter(Stage.DESIRED::equals).isPresent());
        DesiredState desiredState = DesiredStates.at(definitions, now);
        ClusterState state = state(now, faulty);
        Pass observed = Pass.begin(definitions, desiredState, report.lastDiagnoses())
                .with(
                        state,
                        Observations.of(
                                state, Observations.concerned(state, desiredState.targets(), List.of(), "tidewatch")));
        Pass diagnosed = diagnose.diagnose(planted(observed, faulty, Stage.DIAGNOSE, this::withoutStatus));
        Pass planned = plan.plan(planted(diagnosed, faulty, Stage.PLAN, this::withANamelessWriter));
        if (faulty.filter(Stage.APPLY::equals).isPresent()) {
            failingWrites.add(BROKEN);
        } else {
            failingWrites.clear();
        }
        Pass begun = apply.begin(planned);
        apply.turns().forEachRemaining(apply::carryOut);
        Pass applied = apply.end(begun);
        Pass told = report.report(planted(
                planted(applied, faulty, Stage.REPORT, this::withoutHpa), faulty, Stage.STATUS, this::withoutNext));
        status.keep(told);
        return told;
    }

    private static Pass planted(Pass pass, Optional<Stage> faulty, Stage here, UnaryOperator<Pass> fault) {
        return faulty.filter(here::equals).isPresent() ? fault.apply(pass) : pass;
    }

    private Outcome write(Action action) {
        if (failingWrites.contains(action.target())) {
            throw new IllegalStateException("planted");
        }
        live.put(action.target(), ((Action.SetMinReplicas) action).to());
        return new Outcome.Done(action, clock.instant(), "another");
    }

    private void writeDown(Pass pass, Report made) {
        made.opened().forEach(incident -> open.put(incident.target(), incident));
        made.ended().forEach(incident -> open.remove(incident.target()));
        ended.addAll(made.ended());
        events.addAll(made.events());
    }

    private TargetStatus row(Target target) {
        return status.latest().stream()
                .filter(row -> row.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private List<String> traces(String id) {
        return log.lines().stream()
                .filter(line -> line.startsWith("internal error " + id))
                .toList();
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: %1$s, namespace: shop}
            spec:
              scaledObjectRef: {name: %1$s}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
              alerts: {receivers: [oncall], severity: critical}
            """;

    private static Definitions definitions(boolean faulty) {
        Commit commit = new Commit("shop", "3f2c1ab9", "Dana", OPENS.minusSeconds(3600), "a commit");
        TreeMap<String, String> files = new TreeMap<>();
        Stream.concat(OTHERS.stream(), Stream.of(BROKEN))
                .forEach(target -> files.put(target.name() + ".yaml", SCHEDULE.formatted(target.name())));
        SourceDefinitions read = new DefinitionReader()
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE);
        if (!faulty) {
            return new Definitions(List.of(read));
        }
        TreeMap<String, FileDefinitions> changed = new TreeMap<>(read.files());
        changed.computeIfPresent(
                BROKEN.name() + ".yaml",
                (name, file) -> new FileDefinitions(
                        name,
                        file.commit(),
                        file.schedules().stream()
                                .map(FaultyTargetTest::withALeadWithoutEnd)
                                .toList(),
                        file.calendars(),
                        file.manifests()));
        return new Definitions(List.of(new SourceDefinitions(read.source(), commit, changed, read.problems())));
    }

    /** An instant so much earlier cannot be written down. */
    private static ScaleSchedule withALeadWithoutEnd(ScaleSchedule schedule) {
        Window window = schedule.windows().get(0);
        return new ScaleSchedule(
                schedule.namespace(),
                schedule.name(),
                schedule.origin(),
                schedule.targets(),
                schedule.timeZone(),
                schedule.suspend(),
                schedule.baseline(),
                List.of(new Window(
                        window.name(),
                        window.times(),
                        window.minReplicas(),
                        window.maxReplicas(),
                        Window.Lead.of(Duration.ofSeconds(Long.MAX_VALUE)),
                        window.priority(),
                        window.except(),
                        window.only(),
                        window.origin())),
                schedule.checks(),
                schedule.onConflict(),
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                schedule.freezeRollouts(),
                schedule.remedies(),
                schedule.alerts());
    }

    private ClusterState state(Instant now, Optional<Stage> faulty) {
        return new ClusterState(
                now,
                live.keySet().stream()
                        .map(target -> ObjectReader.scaledObject(scaledObject(target, live.get(target)), now))
                        .toList(),
                live.keySet().stream()
                        .map(target -> ObjectReader.hpa(hpa(target, live.get(target)), now))
                        .toList(),
                live.keySet().stream()
                        .map(target -> ObjectReader.rollout(rollout(target), now))
                        .map(view -> faulty.filter(Stage.OBSERVE::equals).isPresent()
                                        && view.meta().name().equals(BROKEN.name())
                                ? withoutUid(view)
                                : view)
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of());
    }

    private Map<String, Object> scaledObject(Target target, int minimum) {
        return Map.of(
                "kind",
                "ScaledObject",
                "metadata",
                metadata(target, "so"),
                "spec",
                Map.of(
                        "minReplicaCount",
                        minimum,
                        "maxReplicaCount",
                        20,
                        "scaleTargetRef",
                        Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", target.name())));
    }

    private static Map<String, Object> hpa(Target target, int minimum) {
        return Map.of(
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                Map.of("name", "keda-hpa-" + target.name(), "namespace", target.namespace(), "uid", "hpa-" + target),
                "spec",
                Map.of(
                        "minReplicas",
                        minimum,
                        "maxReplicas",
                        20,
                        "scaleTargetRef",
                        Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", target.name())),
                "status",
                Map.of("desiredReplicas", 5));
    }

    private Map<String, Object> rollout(Target target) {
        return Map.of("kind", "Rollout", "metadata", metadata(target, "ro"), "spec", Map.of("replicas", 5));
    }

    private Map<String, Object> metadata(Target target, String kind) {
        return Map.of(
                "name", target.name(),
                "namespace", target.namespace(),
                "uid", kind + "-" + target.name(),
                "resourceVersion", clock.instant().toString());
    }

    private static RolloutView withoutUid(RolloutView view) {
        ObjectMeta meta = view.meta();
        return with(
                view,
                new ObjectMeta(
                        meta.namespace(),
                        meta.name(),
                        null,
                        meta.resourceVersion(),
                        meta.generation(),
                        meta.created(),
                        meta.deleting(),
                        meta.labels(),
                        meta.annotations(),
                        meta.owner(),
                        meta.writers(),
                        meta.seenAt()),
                view.status());
    }

    private static RolloutView with(RolloutView view, ObjectMeta meta, RolloutView.Status status) {
        return new RolloutView(
                meta,
                view.replicas(),
                view.strategy(),
                view.paused(),
                view.workloadRef(),
                view.writtenDeadline(),
                view.minReadySeconds(),
                view.images(),
                view.podLabels(),
                status);
    }

    private Pass withoutStatus(Pass pass) {
        return seeing(
                pass,
                seen -> new TargetObservation(
                        seen.target(),
                        seen.scaledObject(),
                        seen.hpa(),
                        seen.rollout().map(view -> with(view, view.meta(), null)),
                        seen.replicaSets(),
                        seen.pods(),
                        seen.events(),
                        seen.missing()));
    }

    private Pass withANamelessWriter(Pass pass) {
        return seeing(
                pass,
                seen -> new TargetObservation(
                        seen.target(),
                        seen.scaledObject().map(LiveScaledObject::withANamelessWriter),
                        seen.hpa(),
                        seen.workload(),
                        seen.replicaSets(),
                        seen.pods(),
                        seen.events(),
                        seen.missing()));
    }

    private Pass withoutHpa(Pass pass) {
        return seeing(
                pass,
                seen -> new TargetObservation(
                        seen.target(),
                        seen.scaledObject(),
                        null,
                        seen.workload(),
                        seen.replicaSets(),
                        seen.pods(),
                        seen.events(),
                        seen.missing()));
    }

    private static Pass seeing(Pass pass, UnaryOperator<TargetObservation> fault) {
        Observation seen = pass.observation();
        TreeMap<Target, TargetObservation> targets = new TreeMap<>(seen.targets());
        targets.computeIfPresent(BROKEN, (target, one) -> fault.apply(one));
        Observation changed =
                new Observation(seen.at(), seen.observedUntilIn(), targets, seen.controllers(), seen.faults());
        return pass.with(pass.cluster(), changed);
    }

    private Pass withoutNext(Pass pass) {
        TreeMap<Target, DesiredBounds> desired = new TreeMap<>(pass.desired().desired());
        desired.computeIfPresent(
                BROKEN,
                (target, one) -> new DesiredBounds(
                        target,
                        one.schedule(),
                        one.commit(),
                        one.baseline(),
                        one.setsMax(),
                        one.current().until(null)));
        DesiredState desiredState =
                new DesiredState(pass.desired().at(), desired, pass.desired().next());
        return Pass.begin(pass.definitions(), desiredState, pass.before())
                .with(pass.cluster(), pass.observation())
                .with(pass.diagnoses())
                .with(pass.plan())
                .with(pass.outcomes());
    }
}
