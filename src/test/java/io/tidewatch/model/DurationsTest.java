package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT-0.4S, 0s",
        "PT31.987654321S, 31s",
        "PT7M, 7m",
        "PT3M40S, 3m40s",
        "PT1H1M3S, 1h1m",
        "PT50H, 2d2h"
    })
    void aLengthIsNarrowAndNeverNegative(Duration length, String said) {
        assertThat(Durations.compact(length)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0.0 s, 0 s",
        "PT0.14S, 0.1 s, 0 s",
        "PT9.6S, 9.6 s, 10 s",
        "PT1M59S, 119 s, 119 s",
        "PT2M, 2 min, 2 min",
        "PT5M59S, 5 min 59 s, 5 min",
        "PT5M59.5S, 5 min 59 s, 6 min",
        "PT2H, 2 h, 2 h",
        "PT2H5M9S, 2 h 5 min, 2 h 5 min",
        "PT24H, 24 h, 1 day",
        "PT26H30M, 26 h 30 min, 1 day 2 h",
        "PT74H, 74 h, 3 days 2 h"
    })
    void wordsAreAsMeasuredOrAsPeopleSpeak(Duration length, String measured, String spoken) {
        assertThat(Durations.words(length)).isEqualTo(measured);
        assertThat(Durations.roughly(length)).isEqualTo(spoken);
    }
}
