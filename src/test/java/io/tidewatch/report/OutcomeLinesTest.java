package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is said of an action that was carried out, or would be. */
class OutcomeLinesTest {

    private static final Commit COMMIT =
            new Commit("shop", "5ae37ba701", "Dana", Instant.parse("2026-11-25T14:11:56Z"), "Tonight");

    @Test
    void aMaximumThatWentUpWithTheMinimumIsReported() {
        Action raised = raised(Action.MaximumChange.between(20, 30));

        assertThat(raised.perform(new OutcomeLines(Optional.of(COMMIT))))
                .isEqualTo("window peak leads: minimum 5 → 7, maximum 20 → 30 (5ae37ba, Dana)");
        assertThat(PlannedLines.of(raised)).isEqualTo("set the minimum 5 → 7, maximum 20 → 30: window peak leads");
    }

    @Test
    void aMaximumThatStaysIsNotReported() {
        assertThat(raised(Action.MaximumChange.between(20, 20)).perform(new OutcomeLines(Optional.of(COMMIT))))
                .isEqualTo("window peak leads: minimum 5 → 7 (5ae37ba, Dana)");
    }

    private static Action raised(Optional<Action.MaximumChange> maximum) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target("shop", "checkout"),
                new Action.Version("uid-1", "100"),
                OptionalInt.of(5),
                7,
                maximum,
                Map.of(),
                false,
                "window peak leads");
    }
}
