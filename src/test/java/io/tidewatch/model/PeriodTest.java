package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peak",
                "baseline",
                "baseline-boost",
                "baseline@2026-11-22T13:30:00Z",
                "sale@noon",
                "@",
                "\"baseline\"",
                "\"",
                "",
                "2026-11-22T13:30:00Z"
            })
    void aWindowIsReadBackWhateverItIsCalled(String name) {
        Period period = new Period(Optional.of(name), Optional.of(START));

        assertThat(Period.parse(period.text())).isEqualTo(period);
    }

    @Test
    void theBaselineIsReadBack() {
        Period since = new Period(Optional.empty(), Optional.of(START));
        Period always = new Period(Optional.empty(), Optional.empty());

        assertThat(Period.parse(since.text())).isEqualTo(since);
        assertThat(Period.parse(always.text())).isEqualTo(always);
    }

    /** Objects in clusters carry these. */
    @Test
    void theUsualOnesAreWrittenAsEver() {
        assertThat(new Period(Optional.of("midnight-peak"), Optional.of(START)).text())
                .isEqualTo("midnight-peak@2026-11-22T13:30:00Z");
        assertThat(new Period(Optional.empty(), Optional.of(START)).text()).isEqualTo("baseline@2026-11-22T13:30:00Z");
        assertThat(new Period(Optional.empty(), Optional.empty()).text()).isEqualTo("baseline");
    }
}
