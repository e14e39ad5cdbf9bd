package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.app.HandNanos;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clock that somebody sets is noticed by one that never leaps. */
class RealTimelineTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final MovedClock clock = new MovedClock(NOON);
    private final HandNanos nanos = new HandNanos();
    private final RealTimeline timeline = new RealTimeline(clock, nanos::getAsLong);
    private final AtomicInteger told = new AtomicInteger();

    @BeforeEach
    void listen() {
        timeline.onShift(told::incrementAndGet);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, PT1S, 0",
        "PT1S, PT31S, 0",
        "PT1S, PT31.001S, 1",
        "PT1S, PT2H, 1",
        "PT1S, PT-29S, 0",
        "PT1S, PT-29.001S, 1",
        "PT1S, PT-2H, 1",
        "PT2H, PT2H, 0"
    })
    void aLeapOfMoreThanThirtySecondsIsReportedOnce(Duration went, Duration shown, int times) {
        nanos.pass(went);
        clock.moveTo(NOON.plus(shown));

        assertThat(timeline.tick()).isEqualTo(times > 0);
        assertThat(timeline.tick()).isFalse();
        assertThat(told.get()).isEqualTo(times);
    }
}
