package io.tidewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said at the end of a night, and what a slow machine changes about it. */
class VerdictTest {

    private static final Promise KEPT = new Promise("a nudge cured it", true);
    private static final Promise BROKEN = new Promise("cart had its pods", false);
    private static final Lag QUICK = new Lag(20, Duration.ofMillis(40), Duration.ofMillis(90));
    private static final Lag SLOW = new Lag(20, Duration.ofSeconds(6), Duration.ofMillis(3_500));

    @Test
    void oneBrokenPromiseBreaksTheNight() {
        assertThat(new Verdict(List.of(KEPT), QUICK).isAllKept()).isTrue();
        assertThat(new Verdict(List.of(KEPT, BROKEN), QUICK).isAllKept()).isFalse();
    }

    @Test
    void aSlowMachineExplainsABrokenPromiseThatStaysBroken() {
        Verdict verdict = new Verdict(List.of(KEPT, BROKEN), SLOW);

        assertThat(verdict.isAllKept()).isFalse();
        assertThat(verdict.lines(80))
                .containsExactly(
                        "  kept    a nudge cured it",
                        "  BROKEN  cart had its pods",
                        "",
                        "This machine was too slow or too busy for a clock that runs 20 times as fast as",
                        "a real one: the simulated controllers were up to 2 min late on it, and a pass",
                        "took up to 70 s.");
    }

    @Test
    void aQuickMachineExplainsNothing() {
        assertThat(new Verdict(List.of(BROKEN), QUICK).lines(80)).containsExactly("  BROKEN  cart had its pods");
    }

    @Test
    void whereAllPromisesAreKeptThereIsNothingToExplain() {
        assertThat(new Verdict(List.of(KEPT), SLOW).lines(80)).containsExactly("  kept    a nudge cured it");
    }

    @Test
    void theBoundIsOnTheClockOfTheNight() {
        Duration bound = Lag.BOUND.dividedBy(20);

        assertThat(new Lag(20, bound, bound).isTooLarge()).isFalse();
        assertThat(new Lag(20, bound.plusNanos(1), Duration.ZERO).isTooLarge()).isTrue();
        assertThat(new Lag(20, Duration.ZERO, bound.plusNanos(1)).isTooLarge()).isTrue();
        assertThat(new Lag(5, bound.multipliedBy(4), bound.multipliedBy(4)).isTooLarge())
                .isFalse();
    }
}
