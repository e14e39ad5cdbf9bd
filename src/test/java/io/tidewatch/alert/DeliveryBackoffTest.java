package io.tidewatch.alert;

import static io.tidewatch.alert.Given.LAG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryBackoffTest {

    private static Duration pause(String id, int attempts) {
        return Duration.between(LAG, DeliveryBackoff.next(id, attempts, LAG));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5",
        "1, 5",
        "2, 10",
        "3, 20",
        "4, 40",
        "5, 80",
        "6, 160",
        "7, 320",
        "8, 600",
        "9, 600",
        "100, 600",
        "2147483647, 600"
    })
    void eachPauseIsBetweenHalfAndAllOfItsLength(int attempts, int seconds) {
        for (int message = 0; message < 100; message++) {
            assertThat(pause("m" + message, attempts))
                    .isBetween(Duration.ofSeconds(seconds).dividedBy(2), Duration.ofSeconds(seconds));
        }
    }

    @Test
    void theSameAttemptOfTheSameMessageIsAlwaysAtTheSameTime() {
        assertThat(pause("m", 3)).isEqualTo(pause("m", 3));
    }

    @Test
    void messagesThatFailedTogetherDoNotComeBackTogether() {
        Set<Duration> pauses = new HashSet<>();
        for (int message = 0; message < 100; message++) {
            pauses.add(pause("m" + message, 8));
        }

        assertThat(pauses).hasSizeGreaterThan(90);
    }

    /** A night of outage: neither given up nor hammered at. */
    @Test
    void eightHoursOfOutageCostSomeDozenAttempts() {
        Instant now = LAG;
        int attempts = 0;
        while (now.isBefore(LAG.plus(Duration.ofHours(8)))) {
            attempts++;
            now = DeliveryBackoff.next("m", attempts, now);
        }

        assertThat(attempts).isBetween(50, 110);
        assertThat(now).isBefore(LAG.plus(Duration.ofHours(8)).plus(Duration.ofMinutes(10)));
    }
}
