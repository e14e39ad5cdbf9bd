package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Linked;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.Given;
import io.tidewatch.plan.KnownDecisions;
import io.tidewatch.plan.Planner;
import io.tidewatch.report.KnownReports;
import io.tidewatch.report.Reporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of passes over three golden dumps and the manifests of a source, which change now and then, while the clock leaps: with
 * what is known of earlier passes each pass diagnoses, plans and reports the same as without it.
 */
class ReusedAnswersTest {

    private static final long SEED = 20261130;
    private static final int SEQUENCES = Integer.getInteger("tidewatch.sequences", 200);
    private static final int PASSES = 25;
    private static final List<Duration> LEAPS = Stream.of(
                    "PT0.000000001S", "PT1S", "PT3S", "PT15S", "PT1M", "PT5M", "PT16M", "PT1H", "P1D", "PT-2S")
            .map(Duration::parse)
            .toList();

    @Test
    void everyPassAnswersAsItWouldAnew() {
        SplittableRandom random = new SplittableRandom(SEED);
        int reused = 0;
        int made = 0;
        int acted = 0;
        int said = 0;
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            Sequence passes = new Sequence(random, sequence);
            for (int pass = 0; pass < PASSES; pass++) {
                passes.pass();
            }
            acted += passes.acted;
            said += passes.said;
            reused += passes.reused;
            made += passes.made;
        }
        System.out.printf(
                "seed %d: %d diagnoses made, %d known, %d actions, %d lines%n", SEED, made, reused, acted, said);
        assertThat(reused).isGreaterThan(made / 10);
        assertThat(made).isGreaterThan(reused / 10);
        assertThat(acted).isPositive();
        assertThat(said).isPositive();
    }

    /** The clock leaps to just before, to and just after instants that a diagnosis names. */
    private static final class Sequence {

        private static final List<GoldenDump> DUMPS = GoldenDump.all();
        private static final Planner PLANNER =
                new Planner("tidewatch", Map.of("shop", new SourcePolicy("shop", true, true)));

        private final SplittableRandom random;
        private final int number;
        private final KnownDiagnoses known = new KnownDiagnoses();
        private final Map<Target, GoldenDump> dumps = new TreeMap<>();
        private final Map<Target, ClusterState> states = new HashMap<>();
        private final Map<Target, Integer> minimums = new HashMap<>();
        private Linked linked = Linked.NONE;
        private Diagnoses last = Diagnoses.NONE;
        private Instant now;
        private final KnownDecisions decisions = new KnownDecisions();
        private final KnownReports reports = new KnownReports();
        private final Map<Target, Incident> open = new TreeMap<>();
        private Definitions definitions = Definitions.NONE;
        private PendingLowerings waits = PendingLowerings.NONE;
        private List<TargetStatus> statuses = List.of();
        private Ledger ledger = Ledger.NONE;
        private int reused;
        private int made;
        private int acted;
        private int said;

        Sequence(SplittableRandom random, int number) {
            this.random = random;
            this.number = number;
            while (dumps.size() < 3) {
                GoldenDump dump = DUMPS.get(random.nextInt(DUMPS.size()));
                dumps.put(dump.target(), dump);
            }
            now = any(List.copyOf(dumps.values())).at();
            dumps.forEach((target, dump) -> {
                states.put(target, new Dump(dump.objects(), List.of()).read(now));
                minimums.put(target, dump.desired());
            });
            definitions = declared(0);
        }

        /** What was there at first, perhaps with other replicas and one more label. */
        private Definitions declared(int revision) {
            Commit commit = new Commit("shop", "c" + revision, "Dana", now, "a change");
            List<Manifest> manifests = all(state -> List.copyOf(state.declared().values())).stream()
                    .filter(live -> live.content().get("spec") instanceof Map<?, ?>)
                    .filter(live -> random.nextInt(4) > 0)
                    .map(live -> new Manifest(live.key(), content(live, revision), new Origin("shop", "a.yaml", 1)))
                    .toList();
            FileDefinitions file = new FileDefinitions("a.yaml", commit.id(), List.of(), List.of(), manifests);
            return new Definitions(
                    List.of(new SourceDefinitions("shop", commit, new TreeMap<>(Map.of("a.yaml", file)), List.of())));
        }

        private Map<String, Object> content(LiveObject live, int revision) {
            Map<String, Object> spec =
                    Mutation.copyMap((Map<?, ?>) live.content().get("spec"));
            if (random.nextBoolean()) {
                spec.remove("replicas");
            }
            return Map.of(
                    "apiVersion",
                    live.key().apiVersion(),
                    "kind",
                    live.key().kind(),
                    "metadata",
                    Map.of(
                            "name",
                            live.key().name(),
                            "namespace",
                            live.key().namespace(),
                            "labels",
                            random.nextInt(3) > 0 ? Map.of() : Map.of("revision", "r" + revision)),
                    "spec",
                    spec);
        }

        void pass() {
            now = later();
            change();
            ClusterState state = state();
            linked = Observations.of(state, dumps.keySet(), Set.of(), linked);
            Observation observation = linked.observation();
            assertThat(observation).as(this::where).isEqualTo(Observations.of(state, dumps.keySet()));
            Set<Target> unsent = random.nextInt(8) == 0 ? Set.of(any(List.copyOf(dumps.keySet()))) : Set.of();
            DesiredState desired = desired();
            Diagnoses anew = Diagnoser.diagnose(observation, desired, last, unsent, new KnownDiagnoses());
            Diagnoses found = Diagnoser.diagnose(observation, desired, last, unsent, known);
            assertThat(found).as(this::where).isEqualTo(anew);
            Pass pass = plan(Pass.begin(definitions, desired, last)
                    .with(state, observation)
                    .with(found));
            report(pass.with(outcomes(pass)));
            found.byTarget().forEach((target, diagnosis) -> {
                if (last.of(target).filter(before -> before == diagnosis).isPresent()) {
                    reused++;
                } else {
                    made++;
                }
            });
            last = found;
        }

        private String where() {
            return "seed %d, sequence %d at %s of %s"
                    .formatted(
                            SEED,
                            number,
                            now,
                            dumps.values().stream().map(GoldenDump::file).toList());
        }

        private Pass plan(Pass pass) {
            Plan anew = plan(pass, new KnownDecisions());
            Plan plan = plan(pass, decisions);
            assertThat(plan).as(this::where).isEqualTo(anew);
            acted += plan.actions().size();
            waits = waits.after(plan);
            return pass.with(plan);
        }

        private Plan plan(Pass pass, KnownDecisions known) {
            return PLANNER.plan(
                    pass.definitions(),
                    pass.desired(),
                    pass.cluster(),
                    pass.observation(),
                    pass.diagnoses(),
                    waits,
                    LearnedLeads.NONE,
                    known);
        }

        private List<Outcome> outcomes(Pass pass) {
            return pass.plan().actions().stream()
                    .filter(action -> random.nextBoolean())
                    .<Outcome>map(action -> random.nextBoolean()
                            ? new Outcome.Done(action, now, "2")
                            : new Outcome.Unavailable(action, now, random.nextBoolean(), "cut off"))
                    .toList();
        }

        private void report(Pass pass) {
            Instant end = now.plusMillis(random.nextInt(3));
            Report anew = Reporter.report(pass, statuses, ledger, open, end, new KnownReports(), Pictures::of);
            Report report = Reporter.report(pass, statuses, ledger, open, end, reports, Pictures::of);
            assertThat(report).as(this::where).isEqualTo(anew);
            said += report.diary().size();
            statuses = report.statuses();
            ledger = report.ledger();
            report.incidents().ended().forEach(incident -> open.remove(incident.target()));
            report.incidents().opened().forEach(incident -> open.put(incident.target(), incident));
        }

        private Instant later() {
            List<Instant> named = last.byTarget().values().stream()
                    .map(diagnosis -> diagnosis.progress())
                    .flatMap(progress -> Stream.of(
                                    progress.due().deadline(),
                                    progress.due().eventsFrom(),
                                    progress.step().followBy(),
                                    progress.step().startedAt())
                            .flatMap(instant -> instant.stream()))
                    .filter(instant -> !instant.isBefore(now))
                    .toList();
            return named.isEmpty() || random.nextInt(3) > 0
                    ? now.plus(any(LEAPS))
                    : any(named).plusNanos(random.nextInt(-1, 2));
        }

        /** One of the dumps becomes another, or what it was; now and then a desired minimum changes. */
        private void change() {
            Target target = any(List.copyOf(dumps.keySet()));
            int what = random.nextInt(12);
            if (what == 11) {
                definitions = declared(1 + random.nextInt(99));
            }
            if (what == 0) {
                minimums.merge(target, random.nextInt(-1, 2), (one, other) -> Math.max(0, one + other));
            } else if (what < 3) {
                List<Map<String, Object>> objects = dumps.get(target).objects();
                states.put(
                        target,
                        new Dump(random.nextBoolean() ? objects : Mutation.of(objects, random), List.of()).read(now));
            }
        }

        private ClusterState state() {
            Map<ObjectKey, LiveObject> declared = new HashMap<>();
            states.values().forEach(state -> declared.putAll(state.declared()));
            Map<String, Instant> observedUntil = new HashMap<>();
            dumps.keySet()
                    .forEach(target -> observedUntil.put(
                            target.namespace(), random.nextInt(4) == 0 ? now.minusSeconds(random.nextInt(600)) : now));
            return new ClusterState(
                    now,
                    all(ClusterState::scaledObjects),
                    all(ClusterState::hpas),
                    all(ClusterState::workloads),
                    all(ClusterState::replicaSets),
                    all(ClusterState::pods),
                    all(ClusterState::events),
                    Optional.empty(),
                    all(ClusterState::controllers),
                    all(ClusterState::leases),
                    declared,
                    random.nextInt(30) == 0 ? Set.of(ClusterState.API_SERVER) : Set.of(),
                    Map.of(),
                    observedUntil,
                    ClusterState.NONE.raiseFacts(),
                    ClusterState.NONE.budgets(),
                    Optional.empty());
        }

        private <T> List<T> all(Function<ClusterState, List<T>> kind) {
            List<T> all = new ArrayList<>();
            dumps.keySet().forEach(target -> all.addAll(kind.apply(states.get(target))));
            return all;
        }

        private DesiredState desired() {
            TreeMap<Target, DesiredBounds> desired = new TreeMap<>();
            DesiredBounds like = Given.inWindow(ConflictPolicy.REPORT);
            minimums.forEach((target, minimum) -> desired.put(
                    target,
                    new DesiredBounds(
                            target,
                            like.schedule(),
                            like.commit(),
                            like.baseline(),
                            false,
                            like.current().with(new Bounds(minimum, Math.max(minimum, 20))))));
            return new DesiredState(now, desired, new TreeSet<>());
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
