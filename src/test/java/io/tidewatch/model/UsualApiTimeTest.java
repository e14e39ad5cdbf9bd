package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualApiTimeTest {
    private static final long SEED = 20261125;

    @Test
    void readsWhatTheGeneralParserReads() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 2_000; i++) {
            Instant second = Instant.ofEpochSecond(random.nextLong(0, 253_402_300_799L));
            assertThat(ApiTime.usual(second.toString())).contains(second).contains(Instant.parse(second.toString()));
        }
    }

    @Test
    void theLastDayOfAMonthIsADayAndTheNextIsNone() {
        assertThat(ApiTime.usual("2028-02-29T23:59:59Z")).contains(Instant.parse("2028-02-29T23:59:59Z"));
        assertThat(ApiTime.usual("2026-02-29T00:00:00Z")).isEmpty();
        assertThat(ApiTime.usual("2026-04-31T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T17:15:25.5Z",
                "2026-11-23T17:15:25+0",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T17:60:00Z",
                "2026-11-23T17:00:60Z",
                "2026-11-23 17:00:00Z",
                "२026-11-23T17:00:00Z"
            })
    void everyOtherFormIsLeftToTheGeneralParser(String text) {
        assertThat(ApiTime.usual(text)).isEmpty();
    }
}
