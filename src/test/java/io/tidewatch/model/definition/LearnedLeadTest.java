package io.tidewatch.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotation {@code tidewatch.io/lead}, and how a window bounds what stands there. */
class LearnedLeadTest {

    @Test
    void everyLeadIsReadAsItIsWritten() {
        SplittableRandom random = new SplittableRandom(16);
        for (int i = 0; i < 2_000; i++) {
            LearnedLead lead = new LearnedLead(
                    Duration.ofSeconds(30L * random.nextInt(2 * 60 * 24 + 1)),
                    random.nextInt(5, 21),
                    LocalDate.of(2026, 1, 1).plusDays(random.nextInt(2_000)));

            assertThat(LearnedLead.read(lead.text())).as(lead.text()).contains(lead);
        }
    }

    @Test
    void textIsWhatPeopleRead() {
        assertThat(new LearnedLead(Duration.ofSeconds(390), 14, LocalDate.of(2026, 11, 21)).text())
                .isEqualTo("6m30s p90 of 14 raises until 2026-11-21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6m30s",
                "6m30s p90 of 4 raises until 2026-11-21",
                "6m30s p90 of 21 raises until 2026-11-21",
                "6m31s p90 of 14 raises until 2026-11-21",
                "390s p90 of 14 raises until 2026-11-21",
                "06m30s p90 of 14 raises until 2026-11-21",
                "24h30s p90 of 14 raises until 2026-11-21",
                "-6m30s p90 of 14 raises until 2026-11-21",
                "6m30s p90 of 14 raises until 2026-02-30",
                "6m30s p90 of 14 raises until 2026-11-21 ",
                "6m30s  p90 of 14 raises until 2026-11-21",
                " p90 of 14 raises until 2026-11-21",
                "\u0666m p90 of 14 raises until 2026-11-21",
                "6m30s p99 of 14 raises until 2026-11-21",
            })
    void textThatTidewatchWouldNotWriteCountsAsAbsent(String text) {
        assertThat(LearnedLead.read(text)).isEmpty();
    }

    @ParameterizedTest(name = "leadTime {0}, maxLead {1}, learned {2}: {3}")
    @CsvSource({
        "PT0S, PT30M, , PT0S",
        "PT2M, PT30M, , PT2M",
        "PT2M, PT30M, PT6M30S, PT6M30S",
        "PT2M, PT30M, PT1M, PT2M",
        "PT2M, PT30M, PT2M, PT2M",
        "PT2M, PT30M, PT41M, PT30M",
        "PT2M, PT30M, PT30M, PT30M",
        "PT2M, PT2M, PT41M, PT2M",
        "PT2M, , PT41M, PT2M",
    })
    void windowBoundsTheLead(Duration least, Duration most, Duration learned, Duration counts) {
        assertThat(new Window.Lead(least, Optional.ofNullable(most)).with(Optional.ofNullable(learned)))
                .isEqualTo(counts);
    }
}
