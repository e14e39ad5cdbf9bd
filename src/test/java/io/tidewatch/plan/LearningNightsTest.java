package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.loop.LeadsStage;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.Leads;
import io.tidewatch.ownership.Ramps;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random weeks of a target that starts slowly: timetable, ramp, plan and the stage that learns, over one ScaledObject, a pass at least
 * each hour. The oracle reckons each lead from the raises that it saw, by counting, and knows nothing of annotations and plans.
 * {@code -Dtidewatch.leads.weeks} plays more of them.
 */
class LearningNightsTest {

    private static final long SEED = Long.getLong("tidewatch.leads.seed", 2_611_30);
    private static final int WEEKS = Integer.getInteger("tidewatch.leads.weeks", 40);
    private static final int NIGHTS = 12;
    /** Noon in UTC. The window starts at 22:30 and ends at 02:00. */
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final Duration TO_START = Duration.ofMinutes(630);
    private static final Duration TO_END = Duration.ofMinutes(840);
    private static final int BASE = 5;

    @Test
    void slowStartLearnsAndIsReadyByTheStart() {
        int ready = 0;
        for (int week = 0; week < WEEKS; week++) {
            ready += new Week(new SplittableRandom(SEED + week), "seed " + (SEED + week)).play();
        }
        assertThat(ready).as("nights that were ready by a learned lead").isGreaterThan(2 * WEEKS);
    }

    /** @param first the first write of the raise */
    private record Raise(Instant first, Instant ready) {

        Duration length() {
            return Duration.between(first, ready);
        }
    }

    private static final class Week {

        private final SplittableRandom random;
        private final String name;
        private final Duration leadTime;
        private final Duration maxLead;
        private final int to;
        private final Optional<Integer> step;
        private final Duration pause;
        private final Duration usual;
        private final Definitions definitions;
        private final Timetable timetable;

        private final List<Raise> journal = new ArrayList<>();
        private LeadsStage leads = stage();
        private ScaledObjectView live = LiveScaledObject.of(BASE, Map.of(), List.of(), NOON);
        private PendingLowerings waits = PendingLowerings.NONE;
        private Optional<Duration> learned = Optional.empty();
        private int leadWrites;

        Week(SplittableRandom random, String name) {
            this.random = random;
            this.name = name;
            leadTime = Duration.ofSeconds(random.nextInt(300));
            maxLead = leadTime.plus(Duration.ofSeconds(random.nextInt(2_400)));
            to = BASE + 1 + random.nextInt(10);
            step = random.nextBoolean() ? Optional.of(1 + random.nextInt(5)) : Optional.empty();
            pause = Duration.ofSeconds(10 + random.nextInt(110));
            usual = Duration.ofSeconds(10 + random.nextInt(2_000));
            definitions = definitions();
            timetable = Timetable.of(definitions);
        }

        private LeadsStage stage() {
            return new LeadsStage(
                    before -> Optional.of(Map.of(
                            Given.CHECKOUT,
                            journal.stream()
                                    .filter(raise -> raise.first().isBefore(before.get(Given.CHECKOUT)))
                                    .sorted((one, other) -> other.first().compareTo(one.first()))
                                    .map(Raise::length)
                                    .toList())),
                    () -> {});
        }

        /** @return how many nights were ready by the start because of a learned lead */
        int play() {
            int ready = 0;
            for (int night = 0; night < NIGHTS; night++) {
                Instant noon = NOON.plus(Duration.ofDays(night));
                if (random.nextInt(12) == 0) {
                    journal.clear();
                }
                learned = oracle().or(() -> learned);
                ready += night(noon) ? 1 : 0;
            }
            return ready;
        }

        /** The least multiple of 30 s in which nine of ten of the last 20 raises were ready; nothing of fewer than five. */
        private Optional<Duration> oracle() {
            List<Raise> last = journal.subList(Math.max(0, journal.size() - 20), journal.size());
            if (last.size() < 5) {
                return Optional.empty();
            }
            Duration lead = Duration.ZERO;
            while (10 * within(last, lead) < 9 * last.size()) {
                lead = lead.plusSeconds(30);
            }
            return Optional.of(lead);
        }

        private static long within(List<Raise> raises, Duration lead) {
            return raises.stream()
                    .filter(raise -> raise.length().compareTo(lead) <= 0)
                    .count();
        }

        /** How long before the start the first step is due: in whole steps of the ramp. */
        private Duration lead() {
            int steps = step.map(size -> (to - BASE + size - 1) / size).orElse(0);
            Duration ramp = pause.multipliedBy(steps);
            if (learned.isEmpty()) {
                return leadTime.plus(ramp);
            }
            long bounded = Math.max(
                    leadTime.toSeconds(),
                    Math.min(maxLead.toSeconds(), learned.get().toSeconds()));
            return Duration.ofSeconds(Math.max(bounded, ramp.toSeconds()));
        }

        private boolean night(Instant noon) {
            Duration start = random.nextInt(10) == 0 ? usual.multipliedBy(3) : jittered();
            Instant opens = noon.plus(TO_START);
            Instant now = noon.plusSeconds(random.nextInt(60));
            Optional<Instant> first = Optional.empty();
            Instant lastStep = opens;
            boolean lowered = false;
            leadWrites = 0;
            while (now.isBefore(noon.plus(Duration.ofDays(1)))) {
                if (random.nextInt(20) == 0) {
                    leads = stage();
                }
                int before = live.bounds().min();
                Instant next = pass(now);
                int after = live.bounds().min();
                if (after > before) {
                    assertThat(lowered)
                            .as(name + ": no raise after the lowering, at " + now)
                            .isFalse();
                    first = first.or(() -> Optional.of(
                            live.meta().instant(Annotations.APPLIED_AT).orElseThrow()));
                    lastStep = now;
                }
                if (after < before) {
                    assertThat(now).as(name + ": no lowering before the end").isAfterOrEqualTo(noon.plus(TO_END));
                    lowered = true;
                }
                now = next;
            }
            Instant began = first.orElseThrow(() -> new AssertionError(name + ": never raised after " + noon));
            assertThat(began).as(name + ": " + noon + ", learned " + learned).isEqualTo(opens.minus(lead()));
            assertThat(lastStep).as(name + ": the last step").isBeforeOrEqualTo(opens);
            assertThat(leadWrites).as(name + ": writes for the lead alone").isLessThanOrEqualTo(1);
            Instant ready = lastStep.plus(start);
            journal.add(new Raise(began, ready));
            boolean isEnough = Duration.between(began, ready).compareTo(lead()) <= 0;
            assertThat(!ready.isAfter(opens)).as(name + ": ready by the start").isEqualTo(isEnough);
            return learned.isPresent() && isEnough && lead().compareTo(leadTime) > 0;
        }

        private Duration jittered() {
            return usual.minus(Duration.ofMillis(random.nextLong(usual.toMillis() / 10 + 1)));
        }

        private Instant pass(Instant now) {
            DesiredState desired = timetable.at(now, Leads.of(java.util.stream.Stream.of(live)));
            Observation observation = new Observation(
                    now,
                    Map.of(),
                    new TreeMap<>(Map.of(
                            Given.CHECKOUT,
                            new TargetObservation(
                                    Given.CHECKOUT,
                                    Optional.of(live),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    Set.of()))),
                    List.of());
            DesiredState stepped = Ramps.steps(desired, observation).desired();
            Diagnoses diagnoses = new Diagnoses(
                    now, new TreeMap<>(Map.of(Given.CHECKOUT, Given.diagnosis(State.WAITING, OptionalInt.of(100)))));
            Plan plan = new Planner("tidewatch", Map.of())
                    .plan(
                            definitions,
                            stepped,
                            ClusterState.NONE,
                            observation,
                            diagnoses,
                            waits,
                            leads.learnedLeads(),
                            new KnownDecisions());
            waits = waits.after(plan);
            assertThat(plan.faults().isEmpty()).as(name).isTrue();
            plan.actions().stream().map(Action.SetMinReplicas.class::cast).forEach(set -> {
                leadWrites += set.movesMinimum() ? 0 : 1;
                live = LiveScaledObject.of(set.to(), annotations(set), List.of(), now);
            });
            leads.learn(Pass.begin(definitions, stepped, Diagnoses.NONE));
            Instant hourly = now.plusSeconds(3_600);
            Instant asked = plan.actions().isEmpty() ? plan.next().orElse(hourly) : now.plusMillis(100);
            return asked.isBefore(hourly) ? asked : hourly;
        }

        @SuppressWarnings("unchecked")
        private static Map<String, String> annotations(Action.SetMinReplicas set) {
            return (Map<String, String>) ((Map<String, Object>) set.body().get("metadata")).get("annotations");
        }

        private Definitions definitions() {
            String ramp = step.map(size -> "{up: {step: " + size + ", pause: " + pause.toSeconds() + "s}}")
                    .orElse("{}");
            TreeMap<String, String> files = new TreeMap<>(
                    Map.of("night.yaml", """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: checkout-midnight, namespace: shop}
                    spec:
                      scaledObjectRef: {name: checkout}
                      timeZone: UTC
                      baseline: {minReplicas: %d}
                      ramp: %s
                      windows:
                        - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: %d, leadTime: %ds, maxLead: %ds, readyBy: true}
                    """.formatted(BASE, ramp, to, leadTime.toSeconds(), maxLead.toSeconds())));
            Checkout checkout = new Checkout(
                    new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
            SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
            assertThat(source.problems())
                    .as(files.toString())
                    .filteredOn(Problem::isError)
                    .isEmpty();
            return new Definitions(List.of(source));
        }
    }
}
