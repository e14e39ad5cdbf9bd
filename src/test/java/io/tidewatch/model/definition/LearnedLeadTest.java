package io.tidewatch.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
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

    /** The oracle goes up in steps of 30 s until nine of ten raises would have been ready. */
    @Test
    void leadIsTheLeastMultipleOfHalfAMinuteInWhichNineOfTenRaisesWereReady() {
        SplittableRandom random = new SplittableRandom(Long.getLong("tidewatch.leads.seed", 2_016));
        for (int i = 0; i < Integer.getInteger("tidewatch.leads", 2_000); i++) {
            long longest = random.nextInt(3) == 0 ? 90_000 : 3_000;
            List<Duration> raises = random.ints(random.nextInt(40), 0, 2)
                    .mapToObj(unit -> unit == 0
                            ? Duration.ofSeconds(30 * random.nextLong(longest / 30))
                            : Duration.ofMillis(random.nextLong(longest * 1_000)))
                    .toList();
            List<Duration> last = raises.subList(0, Math.min(20, raises.size()));
            Optional<LearnedLead> learned = LearnedLead.of(raises, LocalDate.EPOCH);

            if (last.size() < 5) {
                assertThat(learned).as(raises.toString()).isEmpty();
                continue;
            }
            long lead = 0;
            while (lead < 86_400 && 10 * ready(last, lead) < 9 * last.size()) {
                lead += 30;
            }
            assertThat(learned)
                    .as(raises.toString())
                    .contains(new LearnedLead(Duration.ofSeconds(lead), last.size(), LocalDate.EPOCH));
        }
    }

    private static long ready(List<Duration> raises, long seconds) {
        return raises.stream()
                .filter(one -> one.compareTo(Duration.ofSeconds(seconds)) <= 0)
                .count();
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
