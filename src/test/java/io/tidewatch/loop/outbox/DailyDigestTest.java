package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyDigestTest {

    private static final Instant CURED = Instant.parse("2026-11-22T13:36:00Z");
    private static final Instant TIME = Instant.parse("2026-11-22T23:00:00Z");
    private static final Alerting.Digest DAILY =
            new Alerting.Digest(LocalTime.of(8, 0), ZoneId.of("Asia/Seoul"), List.of("chat"));

    @TempDir
    Path directory;

    private SafeJournal journal;

    @BeforeEach
    void open() {
        journal = QuietJournal.open(directory, Clock.fixed(TIME, ZoneOffset.UTC), Set.of());
        journal.note(List.of(new DiaryEntry(
                CURED, Optional.of(new Target("shop", "checkout")), "status-cured", "status correct again")));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private List<String> due() {
        return journal.due(TIME.plus(Duration.ofDays(2)), Set.of()).stream()
                .map(due -> due.message().id())
                .toList();
    }

    @Test
    void theDigestOfADayIsWrittenAtItsTime() {
        DailyDigest digest = new DailyDigest(journal);
        digest.write(DAILY, TIME.minusNanos(1));
        assertThat(journal.nextDue(Set.of())).isEmpty();

        digest.write(DAILY, TIME);

        assertThat(journal.nextDue(Set.of())).isPresent();
        assertThat(DailyDigest.next(DAILY, TIME)).isEqualTo(TIME.plus(Duration.ofDays(1)));
    }

    @Test
    void anotherProcessDoesNotWriteTheSameDigestAgain() {
        new DailyDigest(journal).write(DAILY, TIME);
        List<String> written = due();
        assertThat(written).hasSize(1);
        journal.acknowledged(written.get(0), TIME);

        new DailyDigest(journal).write(DAILY, TIME.plusSeconds(1));

        assertThat(due()).isEmpty();
    }
}
