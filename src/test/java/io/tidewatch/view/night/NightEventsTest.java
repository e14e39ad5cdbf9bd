package io.tidewatch.view.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.PastEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A night that has more rows than the journal answers with. */
class NightEventsTest {

    private static final long SEED = 4;
    private static final int MOST = 10;
    private static final Instant FROM = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant TO = FROM.plusSeconds(86_400);

    private final List<DiaryEntry> diary = new ArrayList<>();
    private int asked;

    private Optional<PastEvents> events(Instant from, Instant to) {
        asked++;
        List<DiaryEntry> found = diary.stream()
                .filter(line -> !line.at().isBefore(from) && line.at().isBefore(to))
                .sorted(Comparator.comparing(DiaryEntry::at).reversed())
                .limit(MOST + 1L)
                .toList();
        return Optional.of(new PastEvents(List.of(), found, List.of()).first(MOST));
    }

    private void line(Instant at) {
        diary.add(new DiaryEntry(at, Optional.empty(), "note", "line " + diary.size()));
    }

    @Test
    void aNightOfManyAnswersIsWhole() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 60; i++) {
            line(FROM.plusMillis(random.nextInt(86_400_000)));
        }
        PastEvents read = NightEvents.read(this::events, FROM, TO).orElseThrow();

        assertThat(read.lines()).containsExactlyInAnyOrderElementsOf(diary);
        assertThat(read.cut()).isEmpty();
        assertThat(asked).isEqualTo(7);
    }

    @Test
    void beyondTheLastAnswerItIsCut() {
        for (int i = 0; i < 200; i++) {
            line(FROM.plusSeconds(i));
        }
        PastEvents read = NightEvents.read(this::events, FROM, TO).orElseThrow();

        assertThat(read.cut()).containsExactly(PastEvents.Kind.LINES);
        assertThat(asked).isEqualTo(NightEvents.MOST_ANSWERS);
        assertThat(read.lines())
                .hasSize(MOST + (NightEvents.MOST_ANSWERS - 1) * (MOST - 1))
                .contains(diary.get(199));
    }

    @Test
    void moreOfOneInstantThanAnAnswerHoldsAreCut() {
        for (int i = 0; i < 20; i++) {
            line(FROM.plusSeconds(1));
        }
        PastEvents read = NightEvents.read(this::events, FROM, TO).orElseThrow();

        assertThat(read.cut()).containsExactly(PastEvents.Kind.LINES);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aJournalThatCannotBeReadIsNoNight() {
        assertThat(NightEvents.read((from, to) -> Optional.empty(), FROM, TO)).isEmpty();
    }
}
