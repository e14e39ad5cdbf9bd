package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.Given;
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
 * Random sequences of passes over three golden dumps, which change now and then, while the clock leaps: with what is known of earlier
 * passes each pass finds the same as without it.
 */
class KnownDiagnosesTest {

    private static final long SEED = 20261130;
    private static final int SEQUENCES = Integer.getInteger("tidewatch.sequences", 200);
    private static final int PASSES = 25;
    private static final List<Duration> LEAPS = Stream.of(
                    "PT0.000000001S", "PT1S", "PT3S", "PT15S", "PT1M", "PT5M", "PT16M", "PT1H", "P1D", "PT-2S")
            .map(Duration::parse)
            .toList();

    @Test
    void everyPassFindsWhatItWouldFindAnew() {
        SplittableRandom random = new SplittableRandom(SEED);
        int reused = 0;
        int made = 0;
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            Sequence passes = new Sequence(random, sequence);
            for (int pass = 0; pass < PASSES; pass++) {
                passes.pass();
            }
            reused += passes.reused;
            made += passes.made;
        }
        System.out.printf("seed %d: %d diagnoses made, %d known%n", SEED, made, reused);
        assertThat(reused).isGreaterThan(made / 10);
        assertThat(made).isGreaterThan(reused / 10);
    }

    /** The clock leaps to just before, to and just after instants that a diagnosis names. */
    private static final class Sequence {

        private static final List<GoldenDump> DUMPS = GoldenDump.all();

        private final SplittableRandom random;
        private final int number;
        private final KnownDiagnoses known = new KnownDiagnoses();
        private final Map<Target, GoldenDump> dumps = new TreeMap<>();
        private final Map<Target, ClusterState> states = new HashMap<>();
        private final Map<Target, Integer> minimums = new HashMap<>();
        private Observation observation = Observation.NONE;
        private Diagnoses last = Diagnoses.NONE;
        private Instant now;
        private int reused;
        private int made;

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
        }

        void pass() {
            now = later();
            change();
            observation = Observations.of(state(), dumps.keySet(), Set.of(), observation);
            Set<Target> unsent = random.nextInt(8) == 0 ? Set.of(any(List.copyOf(dumps.keySet()))) : Set.of();
            DesiredState desired = desired();
            Diagnoses anew = Diagnoser.diagnose(observation, desired, last, unsent, new KnownDiagnoses());
            Diagnoses found = Diagnoser.diagnose(observation, desired, last, unsent, known);
            assertThat(found)
                    .as("seed %d, sequence %d at %s of %s", SEED, number, now, dumps)
                    .isEqualTo(anew);
            found.byTarget().forEach((target, diagnosis) -> {
                if (last.of(target).filter(before -> before == diagnosis).isPresent()) {
                    reused++;
                } else {
                    made++;
                }
            });
            last = found;
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
            int what = random.nextInt(10);
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
                    Map.of(),
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
