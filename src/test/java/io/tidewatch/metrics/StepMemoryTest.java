package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Promise.Result;
import io.tidewatch.model.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each step is counted once, when its result is final. */
class StepMemoryTest {

    private static final Instant EDGE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Target TARGET = new Target("shop", "checkout");
    private static final Set<Target> ALL = Set.of(TARGET);

    private StepMemory memory = StepMemory.since(EDGE.minusSeconds(600));
    private final List<FinishedStep> finished = new ArrayList<>();

    private void learn(Step step) {
        StepMemory.Learned learned = memory.learn(List.of(step), ALL);
        memory = learned.memory();
        finished.addAll(learned.finished());
    }

    private List<Result> results() {
        return finished.stream().map(FinishedStep::result).toList();
    }

    private static Step raise(Instant edge, Optional<Instant> ready) {
        return step(edge, Promise.Reach.PODS, ready.map(at -> edge.plusSeconds(2)), ready);
    }

    private static Step step(Instant edge, Promise.Reach reach, Optional<Instant> hpa, Optional<Instant> ready) {
        return new Step(
                        TARGET,
                        Optional.of("peak"),
                        7,
                        Step.Due.EDGE,
                        Step.Times.patchedAt(edge.plusSeconds(1))
                                .withScheduled(edge)
                                .withHpa(hpa)
                                .withReady(ready),
                        State.WAITING,
                        Step.Change.commit("041b156"))
                .with(new Promise(reach, edge.plusSeconds(300)));
    }

    @Test
    void aStepIsCountedOnceItHasItsPods() {
        learn(raise(EDGE, Optional.empty()));
        assertThat(results()).isEmpty();
        learn(raise(EDGE, Optional.of(EDGE.plusSeconds(40))));
        learn(raise(EDGE, Optional.of(EDGE.plusSeconds(40))).with(State.CONVERGED));

        assertThat(results()).containsExactly(Result.ON_TIME);
        assertThat(finished.get(0).hops())
                .containsEntry("patched", Duration.ofSeconds(1))
                .containsEntry("hpa", Duration.ofSeconds(1))
                .containsEntry("ready", Duration.ofSeconds(38));
        assertThat(finished.get(0).direction()).isEqualTo("up");
    }

    @Test
    void aStepThatIsReplacedIsFailedAfterItsTimeAndSupersededWithinIt() {
        learn(raise(EDGE, Optional.empty()));
        learn(raise(EDGE.plusSeconds(100), Optional.empty()));
        learn(raise(EDGE.plusSeconds(1_000), Optional.of(EDGE.plusSeconds(1_400))));

        assertThat(results()).containsExactly(Result.SUPERSEDED, Result.FAILED, Result.LATE);
    }

    @Test
    void aLoweringEndsWithTheHpa() {
        learn(step(EDGE, Promise.Reach.HPA, Optional.of(EDGE.plusSeconds(9)), Optional.of(EDGE.plusSeconds(9))));

        assertThat(results()).containsExactly(Result.ON_TIME);
        assertThat(finished.get(0).direction()).isEqualTo("down");
        assertThat(finished.get(0).hops()).containsOnlyKeys("patched", "hpa");
    }

    @Test
    void whatWasFinalBeforeThisProcessLedIsNotCountedAgain() {
        memory = StepMemory.since(EDGE.plusSeconds(60));
        learn(raise(EDGE, Optional.of(EDGE.plusSeconds(40))));
        learn(raise(EDGE, Optional.of(EDGE.plusSeconds(40))).with(State.CONVERGED));
        learn(raise(EDGE.plusSeconds(400), Optional.empty()));

        assertThat(results()).isEmpty();
    }

    @Test
    void aStepThatPromisesNothingIsNotCounted() {
        Step taken = new Step(
                TARGET,
                Optional.empty(),
                5,
                Step.Due.TAKEN_OVER,
                Step.Times.patchedAt(EDGE).withReady(Optional.of(EDGE.plusSeconds(3))),
                State.CONVERGED,
                Step.Change.commit("041b156"));
        learn(taken);
        learn(raise(EDGE.plusSeconds(100), Optional.empty()));

        assertThat(results()).isEmpty();
    }

    @Test
    void targetsThatAreGoneAreForgotten() {
        learn(raise(EDGE, Optional.empty()));
        Target other = new Target("shop", "cart");
        Step step = raise(EDGE, Optional.empty());
        Step ofOther = new Step(
                other,
                step.window(),
                step.to(),
                step.due(),
                step.times(),
                step.verdict(),
                step.change(),
                step.promise());

        assertThat(memory.learn(List.of(ofOther), Set.of(other)).memory().known())
                .containsOnlyKeys(other);
    }

    /** Whatever passes learn and in whichever order, each step but the last is counted once. */
    @Test
    void randomStepsAreCountedOnceEach() {
        for (long seed = 20_261_130; seed < 20_261_130 + 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            memory = StepMemory.since(EDGE.minusSeconds(1));
            finished.clear();
            int steps = random.nextInt(2, 12);
            Instant edge = EDGE;
            List<Instant> reached = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                Optional<Instant> ready =
                        random.nextBoolean() ? Optional.of(edge.plusSeconds(random.nextInt(3, 600))) : Optional.empty();
                for (int look = random.nextInt(3); look >= 0; look--) {
                    learn(raise(edge, Optional.empty()));
                }
                for (int look = random.nextInt(1, 3); look > 0 && ready.isPresent(); look--) {
                    learn(raise(edge, ready));
                }
                ready.ifPresent(reached::add);
                edge = edge.plusSeconds(random.nextInt(700, 4_000));
            }
            assertThat(finished.stream()
                            .filter(one -> one.result() == Result.ON_TIME || one.result() == Result.LATE)
                            .map(FinishedStep::at))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(reached);
            long open = memory.learn(List.of(raise(edge, Optional.empty())), ALL)
                    .finished()
                    .size();
            assertThat(finished.size() + open).as("seed %d", seed).isEqualTo(steps);
        }
    }
}
