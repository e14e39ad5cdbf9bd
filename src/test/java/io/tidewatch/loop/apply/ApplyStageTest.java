package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one slice of writes leaves to the next passes. */
class ApplyStageTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");
    private static final int PLACES = 8;

    private final MovedClock clock = new MovedClock(NOW);
    private final InFlight places = new InFlight(PLACES);
    private final List<Action> sent = new CopyOnWriteArrayList<>();
    private final List<String> chosen = new ArrayList<>();
    private final List<String> hanging = new CopyOnWriteArrayList<>();
    private final List<String> denied = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final ExecutorService writers = Executors.newFixedThreadPool(PLACES);
    private final ApplyStage stage =
            new ApplyStage(this::door, clock, edge -> Duration.ofDays(1), places, PLACES, 2, 20, () -> false);

    @AfterEach
    void stop() {
        answers.countDown();
        writers.shutdownNow();
    }

    private Outcome door(Action action) {
        sent.add(action);
        if (hanging.contains(action.target().name())) {
            try {
                assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return denied.contains(action.target().name())
                ? new Outcome.Rejected(
                        action,
                        clock.instant(),
                        Outcome.Rejected.Subject.REQUEST,
                        403,
                        "admission webhook \"guard\" denied the request: no")
                : new Outcome.Done(action, clock.instant(), "another");
    }

    /** As the routes do it; what hangs is carried out beside. */
    private Pass carryOut(List<Action> actions, List<Future<Boolean>> late) {
        Pass begun = stage.begin(pass(actions));
        stage.turns().forEachRemaining(sending -> {
            if (stage.isChosen(sending)) {
                chosen.add(sending.action().target().name());
                late.add(writers.submit(() -> stage.carryOut(sending)));
            }
        });
        return stage.end(begun);
    }

    @Test
    void anAnswerThatComesAfterItsSliceIsAnOutcomeOfALaterPass() throws Exception {
        hanging.add("slow");
        List<Future<Boolean>> answered = new ArrayList<>();
        Pass first = carryOut(List.of(raise("shop", "slow"), raise("shop", "quick")), answered);
        assertThat(names(first.outcomes())).containsExactly("quick");

        clock.moveTo(NOW.plusSeconds(5));
        Pass second = carryOut(List.of(raise("shop", "slow")), answered);
        assertThat(second.outcomes()).isEmpty();
        assertThat(second.plan().skipped()).extracting(Skipped::code).containsExactly(Skipped.UNDER_WAY);
        assertThat(sent).as("nothing is sent twice").hasSize(2);

        answers.countDown();
        assertThat(answered.get(0).get(30, TimeUnit.SECONDS))
                .as("another pass is needed")
                .isTrue();
        clock.moveTo(NOW.plusSeconds(9));
        Pass third = carryOut(List.of(), answered);
        assertThat(third.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.action().target().name()).isEqualTo("slow");
            assertThat(outcome.at()).isEqualTo(NOW.plusSeconds(5));
        });
        assertThat(carryOut(List.of(), answered).outcomes()).isEmpty();
    }

    /** The answer came between what a pass saw and what it wanted to write: it decided on what is no more. */
    @Test
    void whatWasDecidedBeforeALateAnswerIsDecidedAnewAtOnce() throws Exception {
        hanging.add("slow");
        List<Future<Boolean>> answered = new ArrayList<>();
        carryOut(List.of(raise("shop", "slow")), answered);
        answers.countDown();
        answered.get(0).get(30, TimeUnit.SECONDS);

        Pass next = carryOut(List.of(raise("shop", "slow")), answered);

        assertThat(sent).hasSize(1);
        assertThat(next.plan().next()).contains(NOW);
    }

    @Test
    void aRequestThatHangsLeavesItsPlaceWhenItIsAnswered() throws Exception {
        IntStream.range(0, 20).forEach(i -> hanging.add("t-" + i));
        List<Future<Boolean>> answered = new ArrayList<>();
        Pass pass = carryOut(raises("evil", 20), answered);

        assertThat(sent).as("half of the places stay free").hasSize(PLACES / 2);
        assertThat(pass.plan().skipped())
                .extracting(Skipped::code)
                .containsOnly(Skipped.WAITS_FOR_TURN)
                .hasSize(20 - sent.size());
        List<Action> both = new ArrayList<>(raises("evil", 20));
        both.add(raise("good", "quick"));
        assertThat(names(carryOut(both, answered).outcomes())).containsExactly("quick");

        answers.countDown();
        for (Future<Boolean> one : List.copyOf(answered)) {
            one.get(30, TimeUnit.SECONDS);
        }
        for (int place = 0; place < PLACES; place++) {
            assertThat(places.enterWithin(0))
                    .as("place %d is free again", place)
                    .isTrue();
        }
    }

    @Test
    void whatIsLeftIsDueAtOnceAndNobodyIsLateWhoWasNotTried() {
        hanging.addAll(List.of("t-0", "t-1", "t-2", "t-3"));

        Pass pass = carryOut(raises("shop", 8), new ArrayList<>());

        assertThat(pass.plan().next()).contains(NOW);
        assertThat(stage.unsent()).extracting(Target::name).containsExactlyInAnyOrder("t-4", "t-5", "t-6", "t-7");
        assertThat(stage.eventsPerSecond()).as("Events step back").isEqualTo(2);
        assertThat(stage.dryRunsPerSecond()).as("dry runs step back").isEqualTo(2);
    }

    /** Else it would be written after all others, and be late by then: one of two thousand was. */
    @Test
    void whoWasChosenAndNeverSentStillWaits() {
        Pass begun = stage.begin(pass(raises("shop", 1)));
        assertThat(stage.isChosen(stage.turns().next())).isTrue();

        stage.end(begun);

        assertThat(stage.unsent()).extracting(Target::name).containsExactly("t-0");
        carryOut(raises("shop", 3), new ArrayList<>());
        assertThat(chosen).as("it keeps its place").containsExactly("t-0", "t-1", "t-2");
    }

    @Test
    void nothingLeftIsNothingDueAndAllTurnsAreFree() {
        Pass pass = carryOut(raises("shop", 3), new ArrayList<>());

        assertThat(pass.outcomes()).hasSize(3);
        assertThat(pass.plan().next()).isEmpty();
        assertThat(stage.unsent()).isEmpty();
        assertThat(stage.eventsPerSecond()).isEqualTo(20);
        assertThat(stage.dryRunsPerSecond()).isEqualTo(5);
    }

    /** Two thousand targets are looked at for so long that an edge comes before the first of them is written. */
    @Test
    void anEdgeThatCameDuringThePassEndsItsSliceToo() {
        List<Instant> askedAbout = new ArrayList<>();
        ApplyStage asking = new ApplyStage(
                this::door,
                clock,
                edge -> {
                    askedAbout.add(edge);
                    return Duration.ofDays(1);
                },
                places,
                PLACES,
                2,
                20,
                () -> false);
        Instant edge = NOW.plusMillis(300);
        clock.moveTo(NOW.plusMillis(600));

        asking.begin(pass(raises("shop", 8), edge));

        assertThat(askedAbout).containsExactly(edge);
    }

    /** A Rollout and its ScaledObject, both refused: twenty requests in ten looks, where two are right. */
    @Test
    void twoRejectedObjectsOfOneTargetAreSentOnceEach() {
        denied.add("cart");
        List<Action> both = List.of(manifest("Rollout"), manifest("ScaledObject"));
        for (int look = 0; look < 10; look++) {
            Pass pass = carryOut(both, new ArrayList<>());
            assertThat(pass.outcomes())
                    .as("they stand refused")
                    .hasSize(2)
                    .allMatch(Outcome.Rejected.class::isInstance);
            assertThat(pass.plan().next()).contains(NOW.plusSeconds(60));
            clock.moveTo(clock.instant().plusMillis(300));
        }

        assertThat(sent).hasSize(2);
    }

    /** With the clock set back by two hours, what was created and deleted again was not created for two hours. */
    @Test
    void whatWasCreatedBeforeTheClockWasSetBackMayBeCreatedAgain() {
        List<Action> creation = List.of(creation());
        carryOut(creation, new ArrayList<>());
        clock.moveTo(NOW.plusSeconds(5));
        carryOut(creation, new ArrayList<>());
        assertThat(sent).as("not seen yet").hasSize(1);

        clock.moveTo(NOW.minus(Duration.ofHours(2)));
        carryOut(creation, new ArrayList<>());

        assertThat(sent).hasSize(2);
    }

    /** Those at the front of the plan that always fail do not keep the others from their first attempt. */
    @Test
    void whoeverHasNotBeenTriedGoesBeforeThoseThatWere() throws Exception {
        hanging.addAll(List.of("t-0", "t-1", "t-2", "t-3"));
        List<Future<Boolean>> answered = new ArrayList<>();
        carryOut(raises("shop", 8), answered);
        answers.countDown();
        for (Future<Boolean> one : List.copyOf(answered)) {
            one.get(30, TimeUnit.SECONDS);
        }
        carryOut(raises("shop", 4), answered);

        carryOut(raises("shop", 8), answered);

        assertThat(chosen.subList(0, 8)).containsExactly("t-0", "t-1", "t-2", "t-3", "t-4", "t-5", "t-6", "t-7");
    }

    @Test
    void nothingToDoIsThePassAsItWas() {
        Pass pass = pass(List.of());

        assertThat(stage.end(stage.begin(pass))).isSameAs(pass);
    }

    private static Set<String> names(List<Outcome> outcomes) {
        Set<String> names = new TreeSet<>();
        outcomes.forEach(outcome -> names.add(outcome.action().target().name()));
        return names;
    }

    private static List<Action> raises(String namespace, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> raise(namespace, "t-" + i))
                .toList();
    }

    private static Action raise(String namespace, String name) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target(namespace, name),
                new Action.Version("uid-" + name, "another"),
                OptionalInt.of(5),
                7,
                Optional.empty(),
                Map.of("kind", "ScaledObject"),
                false,
                "window opens");
    }

    private static Action creation() {
        return manifest("ScaledObject", Optional.empty());
    }

    private static Action manifest(String kind) {
        return manifest(kind, Optional.of(new Action.Version("uid-1", "100")));
    }

    private static Action manifest(String kind, Optional<Action.Version> on) {
        return new Action.ApplyManifest(
                new Target("shop", "cart"),
                new ObjectKey("example/v1", kind, "shop", "cart"),
                on,
                Map.of("spec", Map.of("image", "new")),
                false,
                new Commit("shop", "3f2c1ab9", "Dana", NOW, "a commit"),
                new Origin("shop", "cart.yaml", 1),
                List.of(new Difference(".spec.image", Optional.of("old"), Optional.of("new"))),
                "image");
    }

    private static Pass pass(List<Action> actions) {
        return pass(actions, NOW.plus(Duration.ofDays(1)));
    }

    private static Pass pass(List<Action> actions, Instant nextEdge) {
        TreeSet<Instant> edges = new TreeSet<>(Set.of(nextEdge));
        return Pass.begin(Definitions.NONE, new DesiredState(NOW, new TreeMap<>(), edges), Diagnoses.NONE)
                .with(new Plan(NOW, actions, List.of(), Optional.empty()));
    }
}
