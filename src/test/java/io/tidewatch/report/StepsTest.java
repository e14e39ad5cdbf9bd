package io.tidewatch.report;

import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which step of a minimum is in history, and when something new is known of it. */
class StepsTest {

    private static final DesiredBounds DESIRED = Given.inWindow();

    @Test
    void aStepIsWrittenOnceBothItsPeriodAndItsMinimumAreOnTheObject() {
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.period(), "7..20")))))
                .isTrue();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written("another@period", "7..20")))))
                .isFalse();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.period(), "5..20")))))
                .isFalse();
        assertThat(Steps.isWritten(DESIRED, Given.seen(Optional.of(written(DESIRED.period(), "seven")))))
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
        Step first = changed(Optional.empty(), Optional.empty(), State.WAITING).orElseThrow();
        assertThat(first.times().patched()).isEqualTo(NOW);
        assertThat(first.times().scheduled()).isEqualTo(Given.OPENED);
        assertThat(first.to()).isEqualTo(7);
        assertThat(first.window()).contains("midnight-peak");

        assertThat(changed(Optional.of(first), Optional.empty(), State.WAITING)).isEmpty();
        assertThat(changed(Optional.of(first), Optional.of(NOW.plusSeconds(4)), State.WAITING))
                .hasValueSatisfying(step -> assertThat(step.times().hpa()).contains(NOW.plusSeconds(4)));
        assertThat(changed(Optional.of(first), Optional.empty(), State.AVAILABILITY_LAG))
                .isPresent();
    }

    @Test
    void aStepThatIsNotOnTheObjectIsNoStep() {
        assertThat(new Steps(
                                DESIRED,
                                Given.seen(Optional.of(Given.live(7, Map.of()))),
                                Page.EMPTY,
                                diagnosis(Optional.empty(), State.WAITING),
                                new Moment(NOW))
                        .changed())
                .isEmpty();
    }

    /** It read "+23h57m": a first start showed creations as steps of the edge of the day before. */
    @Test
    void anObjectThatWasCreatedAfterTheEdgeWasNotLateAtTheEdge() {
        Step step = changed(
                        createdAt(Given.OPENED.plusSeconds(40)), Page.EMPTY, diagnosis(Optional.of(NOW), State.WAITING))
                .orElseThrow();

        assertThat(step.due()).isEqualTo(Step.Due.CREATED);
        assertThat(step.times().scheduled()).isEqualTo(Given.OPENED.plusSeconds(40));
    }

    @Test
    void anObjectThatIsOlderThanTheEdgeIsDueAtTheEdge() {
        Step step = changed(createdAt(Given.OPENED), Page.EMPTY, diagnosis(Optional.empty(), State.WAITING))
                .orElseThrow();

        assertThat(step.due()).isEqualTo(Step.Due.EDGE);
        assertThat(step.times().scheduled()).isEqualTo(Given.OPENED);
    }

    @Test
    void anObjectThatWasMetAfterTheEdgeIsTakenOver() {
        Page met = Page.EMPTY.meeting(DESIRED.period());
        Step step = changed(written(DESIRED.period(), "7..20"), met, diagnosis(Optional.empty(), State.WAITING))
                .orElseThrow();

        assertThat(step.due()).isEqualTo(Step.Due.TAKEN_OVER);
        assertThat(step.times().scheduled()).isEqualTo(step.times().patched());
    }

    @Test
    void theEdgeAfterATakeOverIsAnEdge() {
        Page met = Page.EMPTY.meeting("@2026-11-25T03:00:00Z");
        Step step = changed(written(DESIRED.period(), "7..20"), met, diagnosis(Optional.empty(), State.WAITING))
                .orElseThrow();

        assertThat(step.due()).isEqualTo(Step.Due.EDGE);
    }

    /** It read PATCHED +2m1s, READY +8s. */
    @Test
    void aMinimumThatWasWrittenAgainIsNotReadyBeforeItWasWritten() {
        Instant before = NOW.minusSeconds(113);
        Diagnosis serves = again(before, 7);

        Step step =
                changed(written(DESIRED.period(), "7..20"), Page.EMPTY, serves).orElseThrow();

        assertThat(step.times().patched()).isEqualTo(NOW);
        assertThat(step.times().hpa()).contains(NOW);
        assertThat(step.times().ready()).contains(NOW);
        assertThat(changed(written(DESIRED.period(), "7..20"), Page.EMPTY.stepped(step), serves))
                .as("nothing new")
                .isEmpty();
    }

    @Test
    void aMinimumThatWasWrittenAgainIsReadyWhenThePodsAreBack() {
        Instant before = NOW.minusSeconds(113);
        ScaledObjectView live = written(DESIRED.period(), "7..20");
        Step lacking = changed(live, Page.EMPTY, again(before, 5)).orElseThrow();
        assertThat(lacking.times().ready()).isEmpty();

        Instant later = NOW.plusSeconds(30);
        assertThat(new Steps(
                                DESIRED,
                                Given.seen(Optional.of(live)),
                                Page.EMPTY.stepped(lacking),
                                again(before, 7),
                                new Moment(later))
                        .changed())
                .hasValueSatisfying(step -> assertThat(step.times().ready()).contains(later));
    }

    private static Diagnosis again(Instant before, int available) {
        return Given.diagnosis(
                State.WAITING,
                available,
                Progress.NONE.with(StepTimes.NONE
                        .withStartedAt(Optional.of(NOW))
                        .withHpaAt(Optional.of(before))
                        .withAvailableAt(Optional.of(before))));
    }

    private static ScaledObjectView createdAt(Instant created) {
        return LiveScaledObject.created(written(DESIRED.period(), "7..20"), created);
    }

    private static Optional<Step> changed(Optional<Step> last, Optional<Instant> hpaAt, State state) {
        return changed(
                written(DESIRED.period(), "7..20"),
                last.map(Page.EMPTY::stepped).orElse(Page.EMPTY),
                diagnosis(hpaAt, state));
    }

    private static Optional<Step> changed(ScaledObjectView live, Page page, Diagnosis diagnosis) {
        return new Steps(DESIRED, Given.seen(Optional.of(live)), page, diagnosis, new Moment(NOW)).changed();
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
