package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PullBackoffTest {

    private static final PullBackoff EVERY_MINUTE = new PullBackoff(Duration.ofMinutes(1));

    private static List<Long> seconds(IntFunction<Duration> pauses) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(pauses)
                .map(Duration::toSeconds)
                .toList();
    }

    @Test
    void aSourceThatDoesNotAnswerIsPulledSoonAndThenAtItsInterval() {
        assertThat(seconds(EVERY_MINUTE::ofNoAnswer)).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void whatARetryAloneDoesNotChangeIsNotRepeatedSoon() {
        assertThat(seconds(EVERY_MINUTE::ofRejectedLogin))
                .containsExactly(60L, 120L, 240L, 480L, 900L, 900L)
                .isEqualTo(seconds(EVERY_MINUTE::ofUnreadableCommit));
    }

    @Test
    void noPauseIsShorterThanAnIntervalOfAnHour() {
        PullBackoff hourly = new PullBackoff(Duration.ofHours(1));

        assertThat(seconds(hourly::ofUnreadableCommit)).containsOnly(3_600L);
    }
}
