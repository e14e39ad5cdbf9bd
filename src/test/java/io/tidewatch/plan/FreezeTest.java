package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a revision has to wait: window 13:30 to 17:00 UTC, preflight 15 minutes, timeout 5 minutes. */
class FreezeTest {

    /** At, the live minimum, the state of the target, and until when a revision waits; "-": it does not. */
    @ParameterizedTest(name = "at {0}, minimum {1}, {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # at      | live | state              | waits
             13:14:59 | 5    | CONVERGED          | -
             13:15:00 | 5    | CONVERGED          | until window midnight-peak ends: it begins at 2026-11-22T22:30+09:00
             13:30:00 | 5    | WAITING            | until window midnight-peak ends at 2026-11-23T02:00+09:00
             16:59:59 | 7    | CONVERGED          | until window midnight-peak ends at 2026-11-23T02:00+09:00
             17:00:00 | 7    | CONVERGED          | until the minimum is lowered to 5
             17:00:01 | 5    | WAITING            | until the target has followed the end of the window, at the latest until 2026-11-23T02:05+09:00
             17:00:01 | 5    | CONVERGED_UPDATING | until the target has followed the end of the window, at the latest until 2026-11-23T02:05+09:00
             17:00:30 | 5    | CONVERGED          | -
             17:05:00 | 5    | AVAILABILITY_LAG   | -
             17:06:00 | 7    | WAITING            | until the minimum is lowered to 5
             17:06:00 | 9    | WAITING            | -
            """)
    void revisionWaits(String at, int live, State state, String waits) {
        Instant now = Instant.parse("2026-11-22T" + at + "Z");

        Optional<Freeze.Hold> hold = new Freeze(
                        desired(now, true), Optional.of(live(live)), Optional.of(diagnosis(state)), new Moment(now))
                .hold();

        assertThat(hold.map(Freeze.Hold::reason).orElse("-")).isEqualTo(waits);
    }

    @Test
    void nothingWaitsWhereTheScheduleDoesNotAskForIt() {
        assertThat(new Freeze(
                                desired(Given.OPENS, false),
                                Optional.of(live(7)),
                                Optional.empty(),
                                new Moment(Given.OPENS))
                        .hold())
                .isEmpty();
    }

    @Test
    void targetWhoseStateIsUnknownWaitsNoLongerThanTheTimeout() {
        Instant after = Given.CLOSES.plusSeconds(10);

        assertThat(new Freeze(desired(after, true), Optional.of(live(5)), Optional.empty(), new Moment(after))
                        .hold()
                        .flatMap(Freeze.Hold::checkAgainAt))
                .contains(Given.CLOSES.plus(Checks.DEFAULT.timeout()));
    }

    private static ScaledObjectView live(int minimum) {
        return minimum > 7 ? Given.live(minimum) : Given.after(Given.inWindow(ConflictPolicy.ADOPT), minimum, minimum);
    }

    private static DesiredBounds desired(Instant now, boolean freezes) {
        OpenWindow peak = new OpenWindow("midnight-peak", Given.OPENS, Given.CLOSES, false);
        Current before = Current.of(Given.BASELINE)
                .until(Optional.of(Given.OPENS))
                .then(Optional.of(new Upcoming(Given.PEAK, Optional.of(peak))));
        Current in = Current.of(Given.PEAK)
                .in(Optional.of(peak))
                .since(Optional.of(Given.OPENS))
                .until(Optional.of(Given.CLOSES))
                .then(Optional.of(new Upcoming(Given.BASELINE, Optional.empty())));
        Current after = Current.of(Given.BASELINE)
                .since(Optional.of(Given.CLOSES))
                .until(Optional.of(Given.OPENS.plus(Duration.ofDays(1))))
                .then(Optional.of(new Upcoming(
                        Given.PEAK,
                        Optional.of(new OpenWindow(
                                "midnight-peak",
                                Given.OPENS.plus(Duration.ofDays(1)),
                                Given.CLOSES.plus(Duration.ofDays(1)),
                                false)))));
        Current current = now.isBefore(Given.OPENS) ? before : now.isBefore(Given.CLOSES) ? in : after;
        return new DesiredBounds(Given.CHECKOUT, schedule(freezes), Given.COMMIT, Given.BASELINE, false, current);
    }

    private static ScaleSchedule schedule(boolean freezes) {
        return new ScaleSchedule(
                "shop",
                "checkout-midnight",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName("checkout"),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                freezes,
                List.of(),
                new AlertRouting(List.of(), Severity.CRITICAL));
    }

    private static Diagnosis diagnosis(State state) {
        return Given.diagnosis(state, OptionalInt.empty());
    }
}
