package io.tidewatch.edgecase;

import static io.tidewatch.edgecase.PlayedCase.CLOSES;
import static io.tidewatch.edgecase.PlayedCase.LATE;
import static io.tidewatch.edgecase.PlayedCase.OPENS;
import static io.tidewatch.edgecase.PlayedCase.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.playground.sim.TriggerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Edge cases 7 to 12, in which KEDA or the HPA does not follow a minimum, or holds more pods than it: docs/edge-cases.md. */
@Execution(ExecutionMode.CONCURRENT)
class EdgeCases07To12Test {

    private static final String HPA = "keda-hpa-checkout";

    @Test
    void case07PausedIsDeferredAndNotFailed() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.annotate("autoscaling.keda.sh/paused", "true");
            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.diagnosis().state()).isEqualTo(State.DEFERRED);
            assertThat(played.diagnosis().cause()).contains(Cause.SCALED_OBJECT_PAUSED);
            assertThat(played.cluster().minimum("checkout"))
                    .as("it takes effect later")
                    .isEqualTo(7);
            assertThat(played.tidewatch().opened())
                    .as("a preflight's warning at most")
                    .allSatisfy(incident -> assertThat(incident.isOfPreflight()).isTrue());

            played.countFromHere();
            played.annotate("autoscaling.keda.sh/paused", "");
            played.through(STEP);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.minimumWrites()).as("nothing is left to write").isEmpty();
        }
    }

    @Test
    void case08PausedScaleInNeverComesDown() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.annotate("autoscaling.keda.sh/paused-scale-in", "true");
            played.leapTo(CLOSES);
            played.countFromHere();
            played.through(LATE);

            assertThat(played.cluster().hpaMinimum(HPA))
                    .as("the minimum follows")
                    .isEqualTo(5);
            assertThat(played.cluster().readyPods()).as("the pods do not").isEqualTo(7);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().notes()).containsExactly(Note.SCALE_IN_PAUSED);
            assertThat(played.tidewatch().opened()).isEmpty();
            assertThat(played.minimumWrites()).isEmpty();
        }
    }

    /** A trigger that KEDA cannot parse: the ScaledObject is patched, and the HPA keeps its old minimum. */
    @Test
    void case09ScalerThatCannotBeBuilt() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.spec(
                    Kinds.SCALED_OBJECT,
                    "{\"triggers\":[{\"type\":\"metrics-api\",\"metadata\":{\"targetValue\":\"abc\"}}]}");
            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.cluster().hpaMinimum(HPA)).isEqualTo(5);
            assertThat(played.diagnosis().state()).isEqualTo(State.FAILED);
            assertThat(played.diagnosis().cause()).contains(Cause.SCALED_OBJECT_INVALID);
            assertThat(played.tidewatch().opened()).hasSize(1);
        }
    }

    /** An endpoint that answers with errors: KEDA reports TriggerError, and the HPA follows at once all the same. */
    @Test
    void case09ScalerThatFailsAtRunTime() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.FAILING);
            played.through(STEP);
            played.leapTo(OPENS);
            played.through(STEP);

            assertThat(played.cluster().hpaMinimum(HPA)).isEqualTo(7);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
        }
    }

    @Test
    void case09OperatorIsDown() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(60));
            played.cluster().controllers().faults().stopKeda();
            played.leapTo(OPENS);
            played.countFromHere();
            played.through(LATE);

            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.cluster().hpaMinimum(HPA))
                    .as("an accepted patch proves nothing")
                    .isEqualTo(5);
            assertThat(played.diagnosis().state()).isEqualTo(State.AVAILABILITY_LAG);
            assertThat(played.diagnosis().cause()).contains(Cause.KEDA_NOT_FOLLOWING);
            assertThat(played.minimumWrites())
                    .as("the same patch again would change nothing")
                    .isEmpty();
        }
    }

    @Test
    void case10MetricsFailAtTheEndOfTheWindow() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.FAILING);
            played.through(STEP);
            played.leapTo(CLOSES);
            played.through(LATE);

            assertThat(played.cluster().hpaMinimum(HPA)).isEqualTo(5);
            assertThat(played.cluster().readyPods())
                    .as("the HPA never lowers without metrics")
                    .isEqualTo(7);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().notes()).containsExactly(Note.METRICS_FAILING_HOLD_REPLICAS);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    @Test
    void case11LoadAboveTheMinimumIsSuccess() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.cluster().controllers().load("shop", HPA, 9);
            played.leapTo(OPENS);
            played.countFromHere();
            played.through(LATE);
            assertThat(played.cluster().readyPods()).isEqualTo(9);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);

            played.leapTo(CLOSES);
            played.through(LATE);

            assertThat(played.cluster().readyPods())
                    .as("Tidewatch never asserts the baseline")
                    .isEqualTo(9);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);
            assertThat(played.minimumWrites()).as("the end of the window").hasSize(1);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    /** The HPA lowers 300 s after its last higher recommendation: until then nothing is wrong. */
    @Test
    void case12StabilizationIsNoAlert() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.cluster().controllers().load("shop", HPA, 9);
            played.through(STEP);
            played.leapTo(CLOSES.minusSeconds(60));
            played.through(STEP);
            played.cluster().controllers().load("shop", HPA, 1);
            played.leapTo(CLOSES);
            played.through(STEP);

            assertThat(played.cluster().readyPods()).isEqualTo(9);
            assertThat(played.diagnosis().state()).isEqualTo(State.CONVERGED);
            assertThat(played.diagnosis().notes()).containsExactly(Note.STABILIZING);

            played.through(LATE);
            assertThat(played.cluster().readyPods()).isEqualTo(5);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }
}
