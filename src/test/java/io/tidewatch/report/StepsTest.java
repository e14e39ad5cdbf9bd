package io.tidewatch.report;

import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which step of a minimum is in history, and when something new is known of it. */
class StepsTest {

    private static final DesiredBounds DESIRED = Given.inWindow();

    @Test
    void aStepIsWrittenOnceBothItsPeriodAndItsMinimumAreOnTheObject() {
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.stretch(), "7..20")))))
                .isTrue();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written("another@period", "7..20")))))
                .isFalse();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.stretch(), "5..20")))))
                .isFalse();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.stretch(), "seven")))))
                .isFalse();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.empty()))).isFalse();
    }

    @Test
    void aStepIsMadeWhereSomebodyWroteTheMinimumAtItsInstantOrLater() {
        assertThat(made(NOW, "kubectl", true)).isTrue();
        assertThat(made(NOW.minusMillis(900), "kubectl", true))
                .as("times of writers have whole seconds")
                .isTrue();
        assertThat(made(NOW.minusSeconds(1), "kubectl", true)).isFalse();
        assertThat(made(NOW, "kubectl", false))
                .as("the writer of another field")
                .isFalse();
        assertThat(Steps.isMade(Given.seen(Optional.empty()), NOW))
                .as("nothing to the contrary was seen")
                .isTrue();
    }

    @Test
    void aStepIsLearnedAgainOnlyWhenMoreIsKnownOfIt() {
        Step first = learned(Optional.empty(), Optional.empty(), State.WAITING).orElseThrow();
        assertThat(first.times().patched()).isEqualTo(NOW);
        assertThat(first.times().scheduled()).isEqualTo(Given.OPENED);
        assertThat(first.to()).isEqualTo(7);
        assertThat(first.window()).contains("midnight-peak");

        assertThat(learned(Optional.of(first), Optional.empty(), State.WAITING)).isEmpty();
        assertThat(learned(Optional.of(first), Optional.of(NOW.plusSeconds(4)), State.WAITING))
                .hasValueSatisfying(step -> assertThat(step.times().hpa()).contains(NOW.plusSeconds(4)));
        assertThat(learned(Optional.of(first), Optional.empty(), State.AVAILABILITY_LAG))
                .isPresent();
    }

    @Test
    void aStepThatIsNotOnTheObjectIsNoStep() {
        assertThat(Steps.learned(
                        DESIRED,
                        Given.seen(Optional.of(Given.live(7, Map.of()))),
                        Optional.empty(),
                        diagnosis(Optional.empty(), State.WAITING)))
                .isEmpty();
    }

    private static Optional<Step> learned(Optional<Step> last, Optional<Instant> hpaAt, State state) {
        return Steps.learned(
                DESIRED, Given.seen(Optional.of(written(DESIRED.stretch(), "7..20"))), last, diagnosis(hpaAt, state));
    }

    private static Diagnosis diagnosis(Optional<Instant> hpaAt, State state) {
        StepTimes times = StepTimes.NONE.withStartedAt(Optional.of(NOW)).withHpaAt(hpaAt);
        return Given.diagnosis(state, 7, Progress.NONE.with(times));
    }

    private static ScaledObjectView written(String period, String applied) {
        return Given.live(7, Map.of("tidewatch.io/window", period, "tidewatch.io/applied", applied));
    }

    private static boolean made(Instant time, String manager, boolean minimum) {
        FieldWriter writer = new FieldWriter(manager, "Update", "", Optional.of(time), minimum, true);
        return Steps.isMade(Given.seen(Optional.of(Given.live(7, Map.of(), writer))), NOW);
    }
}
