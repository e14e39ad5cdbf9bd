package io.tidewatch.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "90s, PT1M30S",
        "3h30m, PT3H30M",
        "30m3h, PT3H30M",
        "1.5h, PT1H30M",
        "2d, PT48H",
        "0.5d, PT12H",
        "1d12h, PT36H",
        "250ms, PT0.25S",
        "1.5µs, PT0.0000015S",
        "PT3H30M, PT3H30M",
        "P2D, PT48H",
        "999999d, PT23999976H"
    })
    void unitsAndFractionsAndIsoAreRead(String text, Duration length) {
        assertThat(DurationText.ofAnyLength(text).value()).contains(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "90",
                "1w",
                "1D",
                "3h 30m",
                "1,5h",
                "soon",
                "-1h",
                "PT-1H",
                "99999999999999999999d",
                "PT2562047788015215H0.5"
            })
    void otherTextsAreNot(String text) {
        assertThat(DurationText.ofAnyLength(text).value()).isEmpty();
    }
}
