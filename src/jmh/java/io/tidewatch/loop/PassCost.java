package io.tidewatch.loop;

import io.tidewatch.cluster.InFlight;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.model.Faults;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.Linked;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.Planner;
import io.tidewatch.schedule.Timetable;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Prints what a warm pass that has nothing to do costs: CPU time of its thread by stage, the median of twenty passes after
 * forty to warm up, with {@code apply: all}. The stages are those of the application; the caches are a list of this class, so
 * what the wire and Camel cost is not in it. Argument: how many targets; each has a ScaledObject and a Rollout in Git, an HPA,
 * a ReplicaSet and seven pods. With {@code +pod} behind the number, one pod has changed before each pass.
 */
public final class PassCost {

    private static final int WARM_UP = 40;
    private static final int PASSES = 20;
    private static final Instant NIGHT = Instant.parse("2026-11-23T17:30:00Z");

    private final Fleet fleet;
    private final Clock clock = new Later();
    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
    private final CompiledDefinitions definitions;
    private final DesiredStateStage desired;
    private final DiagnoseStage diagnose = new DiagnoseStage(Set::of, () -> Faults.NONE);
    private final PlanStage plan;
    private final ApplyStage apply;
    private final StatusStage status = new StatusStage();
    private final ReportStage report;
    private final boolean podChanges;
    private Linked last = Linked.NONE;
    private int passes;

    /** A second later at each pass. */
    private final class Later extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return NIGHT.plusSeconds(passes);
        }
    }

    private PassCost(int targets, boolean podChanges) {
        this.podChanges = podChanges;
        this.fleet = Fleet.of(targets, NIGHT);
        SourceDefinitions source = new DefinitionReader().read(fleet.checkout(), Optional.empty(), PastTexts.NONE);
        if (!source.problems().isEmpty()) {
            throw new IllegalStateException(source.problems().get(0).toString());
        }
        this.definitions = new CompiledDefinitions(new Definitions(List.of(source)), Timetable.of(source));
        this.report = new ReportStage(
                clock,
                false,
                Leadership.ALONE,
                Map::of,
                (pass, said) -> {},
                () -> Optional.of(Map.of()),
                updates -> {});
        this.desired = new DesiredStateStage(clock, () -> definitions, report::lastDiagnoses);
        this.plan = new PlanStage(
                new Planner("bench", Map.of(Fleet.SOURCE, new SourcePolicy(Fleet.SOURCE, true, true))),
                false,
                Leadership.ALONE,
                () -> LearnedLeads.NONE);
        this.apply = new ApplyStage(
                action -> {
                    throw new IllegalStateException("nothing is to be written: " + action);
                },
                clock,
                instant -> Duration.ofHours(1),
                new InFlight(8),
                8,
                1,
                20,
                () -> false);
    }

    /** Prints a table. */
    public static void main(String[] arguments) {
        boolean podChanges = arguments[0].endsWith("+pod");
        new PassCost(Integer.parseInt(arguments[0].replace("+pod", "")), podChanges).run();
    }

    private void run() {
        for (int pass = 0; pass < WARM_UP; pass++) {
            pass();
        }
        nanos.clear();
        for (int pass = 0; pass < PASSES; pass++) {
            pass();
        }
        double all = 0;
        for (Map.Entry<String, List<Long>> stage : nanos.entrySet()) {
            double millis = median(stage.getValue()) / 1e6;
            all += millis;
            System.out.printf("%-14s %8.1f ms%n", stage.getKey(), millis);
        }
        System.out.printf("%-14s %8.1f ms CPU, %d targets%n", "all", all, fleet.size());
    }

    private static double median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    private void pass() {
        passes++;
        if (podChanges) {
            fleet.changePod(passes);
        }
        Pass begun = timed("desired state", desired::begin);
        Pass observed = timed("observe", () -> observe(begun));
        Pass diagnosed = timed("diagnose", () -> diagnose.diagnose(observed));
        Pass planned = timed("plan", () -> plan.plan(diagnosed));
        Pass applied = timed("apply", () -> {
            Pass slice = apply.begin(planned);
            apply.turns().forEachRemaining(apply::carryOut);
            return apply.end(slice);
        });
        Pass reported = timed("report", () -> report.report(applied));
        timed("status", () -> {
            status.keep(reported);
            return reported;
        });
        if (passes == WARM_UP) {
            System.out.println(reported.plan().actions().size() + " actions, "
                    + reported.plan().skipped().size() + " skipped, "
                    + reported.report().diary().size() + " diary lines, states "
                    + reported.report().statuses().stream()
                            .map(target -> target.state().word())
                            .distinct()
                            .toList());
            reported.plan().actions().stream().limit(2).forEach(System.out::println);
        }
    }

    private Pass observe(Pass pass) {
        Set<Target> targets = pass.desired().targets();
        ClusterState state = fleet.state(pass.desired().at());
        List<ObjectKey> declared = pass.definitions().sources().stream()
                .flatMap(source -> source.manifests().stream())
                .map(Manifest::key)
                .toList();
        last = Observations.of(
                state,
                Observations.concerned(state, targets, declared, "bench"),
                pass.desired().hpas(),
                last);
        return pass.with(state, last.observation());
    }

    private <T> T timed(String stage, Supplier<T> work) {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T made = work.get();
        nanos.computeIfAbsent(stage, name -> new ArrayList<>())
                .add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);
        return made;
    }
}
