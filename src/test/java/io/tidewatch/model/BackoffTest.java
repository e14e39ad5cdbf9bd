package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff DOUBLING = Backoff.doubling(Duration.ofSeconds(5), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 5", "2, 10", "3, 20", "4, 40", "5, 60", "6, 60", "2147483647, 60"})
    void eachPauseIsTwiceTheOneBeforeUpToTheLongest(int failures, int seconds) {
        assertThat(DOUBLING.pause(failures)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"5, 10", "31, 60", "60, 60", "600, 60"})
    void theNextPauseFollowsFromThePrevious(int previous, int seconds) {
        assertThat(DOUBLING.next(Duration.ofSeconds(previous))).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "4, 5", "17, 17", "3600, 60"})
    void aPauseCanBeAsLongAsTheFailureHasLasted(int lasted, int seconds) {
        assertThat(DOUBLING.afterFailingFor(Duration.ofSeconds(lasted))).hasSeconds(seconds);
    }

    @Test
    void aLongestThatIsShorterThanTheFirstIsEveryPause() {
        Backoff brief = Backoff.doubling(Duration.ofSeconds(5), Duration.ofSeconds(2));

        assertThat(brief.pause(1)).hasSeconds(2);
        assertThat(brief.pause(9)).hasSeconds(2);
        assertThat(brief.afterFailingFor(Duration.ZERO)).hasSeconds(2);
    }

    @Test
    void aConstantPauseStaysAsItIs() {
        assertThat(Backoff.constant(Duration.ofMinutes(1)).pause(Integer.MAX_VALUE))
                .hasMinutes(1);
    }

    @Test
    void jitterShortensAPauseByItsShareAtMost() {
        Backoff jittered = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0.5);

        for (long seed = 0; seed < 200; seed++) {
            assertThat(jittered.pause(1, seed)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            assertThat(jittered.pause(1, seed)).isEqualTo(jittered.pause(1, seed));
            assertThat(DOUBLING.pause(2, seed)).hasSeconds(10);
        }
    }

    @Test
    void whatIsNoBackoffIsRejected() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> Backoff.doubling(Duration.ZERO, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(second, 0, second, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(second, 2, second, 1.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
