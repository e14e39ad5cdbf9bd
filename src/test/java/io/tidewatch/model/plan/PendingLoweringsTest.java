package io.tidewatch.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PendingLoweringsTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant EDGE = Instant.parse("2026-11-22T17:00:00Z");
    private static final Action LOWER = new Action.SetMinReplicas(
            AutoscalerKind.SCALED_OBJECT,
            CHECKOUT,
            new Action.Version("uid-1", "100"),
            OptionalInt.of(7),
            5,
            Optional.empty(),
            Map.of(),
            false,
            "window ends");

    @Test
    void aWaitLastsFromItsFirstPlanAndTellsItsLastWords() {
        PendingLowerings waits = PendingLowerings.NONE
                .after(held(EDGE, Skipped.BEFORE_DOWN, "3 pods"))
                .after(held(EDGE.plusSeconds(60), Skipped.BEFORE_DOWN, "4 pods"));

        assertThat(waits.of(CHECKOUT)).contains(new Wait(EDGE, "4 pods"));
    }

    /** A write may be refused and come again; it has waited all the same. */
    @Test
    void itIsRememberedWhileItsWriteIsPlannedAndForgottenAfterwards() {
        PendingLowerings written = PendingLowerings.NONE
                .after(held(EDGE, Skipped.BEFORE_DOWN, "3 pods"))
                .after(plan(EDGE.plusSeconds(60), List.of(LOWER), List.of()));

        assertThat(written.of(CHECKOUT)).contains(new Wait(EDGE, "3 pods"));
        assertThat(written.after(plan(EDGE.plusSeconds(61), List.of(), List.of())))
                .isEqualTo(PendingLowerings.NONE);
    }

    @Test
    void beingHeldByAPersonIsNoWaitForHealth() {
        PendingLowerings waits = PendingLowerings.NONE
                .after(held(EDGE, Skipped.BEFORE_DOWN, "3 pods"))
                .after(held(EDGE.plusSeconds(60), Skipped.HELD, "held"));

        assertThat(waits).isEqualTo(PendingLowerings.NONE);
    }

    private static Plan held(Instant at, String code, String reason) {
        return plan(at, List.of(), List.of(new Skipped(CHECKOUT, code, reason)));
    }

    private static Plan plan(Instant at, List<Action> actions, List<Skipped> holds) {
        return new Plan(at, actions, holds, Optional.empty());
    }
}
