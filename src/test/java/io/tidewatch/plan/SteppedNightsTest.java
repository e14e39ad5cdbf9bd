package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.ownership.Ramps;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random nights with windows, leads, ramps, commits, pods that lack, and passes that come late: each minimum that is written is
 * judged by a plain reading of the rules, which keeps its own memory. {@code -Dtidewatch.stepped.nights} plays more of them.
 */
class SteppedNightsTest {

    private static final long SEED = Long.getLong("tidewatch.stepped.seed", 20261129L);
    private static final int NIGHTS = Integer.getInteger("tidewatch.stepped.nights", 300);
    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant NEXT_NOON = NOON.plus(Duration.ofDays(1));
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Target CHECKOUT = new Target("shop", "checkout");

    @Test
    void everyMinimumIsTheOneThatTheRulesAskFor() {
        long written = 0;
        for (int night = 0; night < NIGHTS; night++) {
            written += new Night(new Random(SEED + night), "night " + (SEED + night)).play();
        }
        assertThat(written).as("writes of %s nights, seed %s", NIGHTS, SEED).isGreaterThan(NIGHTS);
    }

    /** @param step replicas, or percent */
    private record Pace(int step, boolean percent, Duration pause) {

        static Pace random(Random random) {
            boolean percent = random.nextBoolean();
            return new Pace(
                    percent ? 5 + random.nextInt(96) : 1 + random.nextInt(8),
                    percent,
                    Duration.ofSeconds(5 + random.nextInt(200)));
        }

        int size(int way) {
            return percent ? Math.max(1, (int) Math.ceil(way * step / 100.0)) : step;
        }

        String yaml() {
            return "{step: " + (percent ? "\"" + step + "%\"" : step) + ", pause: " + pause.toSeconds() + "s}";
        }
    }

    private static final class Night {

        private final Random random;
        private final String name;
        private final Optional<Pace> up;
        private final Optional<Pace> down;
        private final boolean late;
        private Timetable timetable;
        private Definitions definitions;
        private ScaledObjectView live = LiveScaledObject.of(5, Map.of(), List.of(), NOON);
        private PendingLowerings waits = PendingLowerings.NONE;
        private int commits;
        private int windowsOfTheNight;
        private long writes;

        // What the plain reading remembers.
        private int origin = 5;
        private int direction;
        private int lastGoal = 5;
        private Optional<Instant> lastWrite = Optional.empty();

        Night(Random random, String name) {
            this.random = random;
            this.name = name;
            up = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(Pace.random(random));
            down = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(Pace.random(random));
            late = random.nextInt(3) == 0;
            commit();
        }

        long play() {
            Instant now = NOON;
            while (now.isBefore(NEXT_NOON)) {
                if (random.nextInt(60) == 0) {
                    commit();
                }
                now = pass(now);
            }
            return writes;
        }

        private void commit() {
            commits++;
            StringBuilder windows = new StringBuilder();
            windowsOfTheNight = 1 + random.nextInt(3);
            for (int i = 0; i < windowsOfTheNight; i++) {
                windows.append(String.format(
                        Locale.ROOT,
                        "    - {name: w%d, start: \"%d %d * * *\", duration: %dm, minReplicas: %d, priority: %d, leadTime: %dm}%n",
                        i,
                        random.nextInt(60),
                        random.nextInt(24),
                        1 + random.nextInt(300),
                        1 + random.nextInt(30),
                        random.nextInt(2),
                        random.nextInt(3) == 0 ? random.nextInt(40) : 0));
            }
            String ramp = "  ramp: {" + up.map(pace -> "up: " + pace.yaml()).orElse("")
                    + (up.isPresent() && down.isPresent() ? ", " : "")
                    + down.map(pace -> "down: " + pace.yaml()).orElse("") + "}\n";
            SortedMap<String, String> files =
                    new TreeMap<>(Map.of("night.yaml", """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: checkout-midnight, namespace: shop}
                    spec:
                      scaledObjectRef: {name: checkout}
                      timeZone: Asia/Seoul
                      baseline: {minReplicas: 5}
                    """ + ramp + "  windows:\n" + windows));
            Checkout checkout = new Checkout(
                    new Commit("shop", "c" + commits, "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
            SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
            assertThat(source.problems())
                    .as(files.toString())
                    .filteredOn(Problem::isError)
                    .isEmpty();
            definitions = new Definitions(List.of(source));
            timetable = Timetable.of(definitions);
        }

        /** @return when the next pass comes: when the plan asks for it, a little earlier for another reason, or late */
        private Instant pass(Instant now) {
            DesiredState desired = timetable.at(now);
            int available = random.nextInt(5) == 0 ? random.nextInt(40) : 40;
            Observation observation = new Observation(
                    now,
                    Map.of(),
                    new TreeMap<>(Map.of(
                            CHECKOUT,
                            new TargetObservation(
                                    CHECKOUT,
                                    Optional.of(live),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    Set.of()))),
                    List.of());
            DesiredState stepped = Ramps.steps(desired, observation).desired();
            Diagnoses diagnoses = new Diagnoses(now, new TreeMap<>(Map.of(CHECKOUT, diagnosis(available))));
            Plan plan = new Planner("tidewatch", Map.of())
                    .plan(
                            definitions,
                            stepped,
                            ClusterState.NONE,
                            observation,
                            diagnoses,
                            waits,
                            LearnedLeads.NONE,
                            new KnownDecisions());
            waits = waits.after(plan);
            assertThat(plan.faults().isEmpty()).as(name).isTrue();
            Optional<Action.SetMinReplicas> write = plan.actions().stream()
                    .map(Action.SetMinReplicas.class::cast)
                    .findFirst();
            judge(now, desired.of(CHECKOUT).orElseThrow(), available, write.map(Action.SetMinReplicas::to));
            write.ifPresent(set -> {
                live = LiveScaledObject.of(set.to(), annotations(set), List.of(), now);
                writes++;
            });
            Instant asked =
                    write.isPresent() ? now.plusMillis(100) : plan.next().orElse(NEXT_NOON);
            Instant another = now.plusSeconds(1 + random.nextInt(600));
            Instant next = another.isBefore(asked) && random.nextInt(3) == 0 ? another : asked;
            return late && random.nextInt(4) == 0 ? next.plusSeconds(random.nextInt(900)) : next;
        }

        private void judge(Instant now, DesiredBounds desired, int available, Optional<Integer> write) {
            int minimum = live.bounds().min();
            int goal = desired.goal().min();
            String about = name + " at " + now + ": minimum " + minimum + ", goal " + goal + ", written " + write;
            int turned = Integer.signum(goal - minimum);
            boolean goesOn = turned == direction && lastGoal != minimum;
            if (turned == 0) {
                assertThat(write).as(about).isEmpty();
                return;
            }
            Optional<Pace> pace = turned > 0 ? up : down;
            int from = goesOn ? origin : minimum;
            Optional<Instant> due = goesOn && pace.isPresent()
                    ? lastWrite.map(at -> at.plus(pace.get().pause()))
                    : desired.since();
            if (goesOn && pace.isPresent() && due.filter(now::isBefore).isPresent()) {
                assertThat(write).as(about + ", due " + due).isEmpty();
                return;
            }
            int next = pace.map(steps ->
                            minimum + turned * Math.min(Math.abs(goal - minimum), steps.size(Math.abs(goal - from))))
                    .orElse(goal);
            boolean waits = turned < 0
                    && available < next
                    && due.filter(at -> now.isBefore(at.plus(TIMEOUT))).isPresent();
            if (waits) {
                assertThat(write).as(about + ", " + available + " available").isEmpty();
                return;
            }
            assertThat(write).as(about).contains(next);
            if (!goesOn) {
                origin = minimum;
            }
            direction = turned;
            lastGoal = goal;
            lastWrite = Optional.of(now);
            boolean isAnnounced = desired.since().filter(NOON::isBefore).isPresent() && windowsOfTheNight == 1;
            boolean hasBegun = desired.window().filter(open -> !open.leading()).isPresent();
            if (!late && commits == 1 && turned > 0 && isAnnounced && hasBegun) {
                assertThat(next)
                        .as(about + ": the last step is written by the start")
                        .isEqualTo(goal);
            }
        }

        @SuppressWarnings("unchecked")
        private static Map<String, String> annotations(Action.SetMinReplicas set) {
            return (Map<String, String>) ((Map<String, Object>) set.body().get("metadata")).get("annotations");
        }

        private static Diagnosis diagnosis(int available) {
            return Given.diagnosis(State.WAITING, OptionalInt.of(available));
        }
    }
}
