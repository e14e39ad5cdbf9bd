package io.tidewatch.journal.memory;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.Duty;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who waits for the file, and for how long. */
class JournalMemoryTest {

    private static final AlertMessage MESSAGE = message("i1", "a", Moment.OPENED, NIGHT);

    private final JournalMemory memory = new JournalMemory(Set.of(), Duty.LEAD);

    private long add() {
        return memory.change(NIGHT, live -> List.of(Change.Reported.messages(List.of(MESSAGE))))
                .orElseThrow();
    }

    @Test
    void theFirstCallerWhoWaitedInVainReportsItAndNobodyWaitsFromThenOn() {
        long number = add();
        assertThat(memory.maySend(MESSAGE)).isFalse();

        assertThat(memory.awaitWritten(number, Duration.ZERO)).isTrue();

        assertThat(memory.isBehind()).isTrue();
        assertThat(memory.maySend(MESSAGE)).isTrue();
        assertThat(memory.awaitWritten(number, Duration.ofDays(1)))
                .as("late once")
                .isFalse();
        assertThat(memory.late()).isFalse();
        assertThat(memory.caughtUp().late()).isPresent();
        assertThat(memory.isBehind()).isFalse();
        assertThat(memory.caughtUp().late()).isEmpty();
    }

    @Test
    void aWrittenChangeIsNotWaitedFor() {
        long number = add();
        memory.nextBatch();
        memory.written();

        assertThat(memory.awaitWritten(number, Duration.ZERO)).isFalse();
        assertThat(memory.isBehind()).isFalse();
    }

    @Test
    void aFileThatFailedIsNotLate() {
        long number = add();
        memory.nextBatch();

        memory.fellBehind();

        assertThat(memory.awaitWritten(number, Duration.ofDays(1))).isFalse();
        assertThat(memory.caughtUp().late()).isEmpty();
        assertThat(memory.waiting()).isEqualTo(1);
    }
}
