package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueTimeTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final DueTime DUE = DueTime.after(MINUTE, new Moment(START, Long.MAX_VALUE - 10));

    private static Moment later(Duration byInstant, Duration byNanos) {
        return new Moment(START.plus(byInstant), Long.MAX_VALUE - 10 + byNanos.toNanos());
    }

    @Test
    void oneClockThatShowsTheTimeIsEnough() {
        assertThat(DUE.isReached(later(MINUTE, Duration.ZERO))).isTrue();
        assertThat(DUE.isReached(later(Duration.ofHours(-3), MINUTE))).isTrue();
    }

    @Test
    void aNanosecondBeforeTheTimeIsNotReached() {
        Duration almost = MINUTE.minusNanos(1);

        assertThat(DUE.isReached(later(almost, almost))).isFalse();
    }

    @Test
    void theInstantFollowsAClockThatWasSetBack() {
        Moment back = later(Duration.ofHours(-3), Duration.ofSeconds(20));

        assertThat(DUE.noLaterThanByNanos(back).instant())
                .isEqualTo(back.instant().plusSeconds(40));
    }

    @Test
    void theInstantStaysWhereTheClockWasSetForward() {
        assertThat(DUE.noLaterThanByNanos(later(Duration.ofHours(3), Duration.ZERO)))
                .isEqualTo(DUE);
    }
}
