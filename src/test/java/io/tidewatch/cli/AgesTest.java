package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {

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
        assertThat(Ages.of(length)).isEqualTo(said);
    }
}
