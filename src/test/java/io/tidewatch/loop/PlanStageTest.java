package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a plan where Tidewatch only observes. */
class PlanStageTest {

    private final Action raise = PassOf.raise(PassOf.CHECKOUT, 5, 7);

    @Test
    void everyActionIsSkippedWithWhatItWouldHaveDone() {
        Plan observed = PlanStage.without(PassOf.plan(raise), Skipped.OBSERVING, "would ");

        assertThat(observed.actions()).isEmpty();
        assertThat(observed.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.target()).isEqualTo(PassOf.CHECKOUT);
            assertThat(skipped.code()).isEqualTo(Skipped.OBSERVING);
            assertThat(skipped.reason()).startsWith("would ").contains("5 → 7");
        });
    }

    @Test
    void whatWasSkippedAnywayAndTheNextInstantStay() {
        Skipped conflict = new Skipped(PassOf.CHECKOUT, Skipped.OBSERVING, "a reason", "a subject");
        Plan plan = new Plan(PassOf.NOON, List.of(raise), List.of(conflict), Optional.of(PassOf.NOON.plusSeconds(60)));

        Plan observed = PlanStage.without(plan, Skipped.OBSERVING, "would ");

        assertThat(observed.at()).isEqualTo(PassOf.NOON);
        assertThat(observed.next()).contains(PassOf.NOON.plusSeconds(60));
        assertThat(observed.skipped()).hasSize(2).startsWith(conflict);
    }
}
