package io.tidewatch.journal.memory;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.model.Limits;
import io.tidewatch.model.report.AlertMessage.Moment;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes are written next, and which are dropped when there is no room. */
class ChangeQueueTest {

    private static final int A_THIRD = (int) (Limits.CHANGES_WAITING_SIZE / 3 / 500 + 1);

    private final ChangeQueue queue = new ChangeQueue();

    private static Change acknowledged(String id) {
        return new Change.Acknowledged(id, NIGHT);
    }

    /** Lines of 500 characters each, counted as the queue counts them. */
    private static Change lines(int count) {
        return Change.Reported.lines(Collections.nCopies(count, line(NIGHT, "x".repeat(400))));
    }

    @Test
    void changesAreWrittenInTheirOrderAndOnlyThen() {
        long first = queue.add(acknowledged("a"));
        long second = queue.add(acknowledged("b"));

        assertThat(queue.nextBatch())
                .extracting(NumberedChange::change)
                .containsExactly(acknowledged("a"), acknowledged("b"));
        assertThat(queue.isWritten(first)).isFalse();
        long third = queue.add(acknowledged("c"));
        queue.written();

        assertThat(queue.isWritten(second)).isTrue();
        assertThat(queue.isWritten(third)).isFalse();
        assertThat(queue.nextBatch()).extracting(NumberedChange::change).containsExactly(acknowledged("c"));
    }

    @Test
    void aBatchThatCouldNotBeWrittenIsTheFirstAgain() {
        queue.add(acknowledged("a"));
        queue.nextBatch();
        queue.add(acknowledged("b"));

        queue.putBack();

        assertThat(queue.nextBatch())
                .extracting(NumberedChange::change)
                .containsExactly(acknowledged("a"), acknowledged("b"));
        assertThat(queue.count()).isEqualTo(2);
    }

    @Test
    void aMessageIsWrittenWithItsChange() {
        queue.add(Change.Reported.messages(List.of(message("i1", "a", Moment.OPENED, NIGHT))));
        assertThat(queue.isWritten("i1/OPENED/a")).isFalse();
        assertThat(queue.isWritten("i2/OPENED/a")).as("of an earlier process").isTrue();

        queue.nextBatch();
        queue.written();

        assertThat(queue.isWritten("i1/OPENED/a")).isTrue();
    }

    @Test
    void aChangeWithoutRoomDropsTheOldestAndLeavesAGap() {
        Change dropped = lines(A_THIRD);
        Change second = lines(A_THIRD);
        Change third = lines(A_THIRD);
        queue.add(dropped);
        queue.add(second);
        assertThat(queue.hasGap()).isFalse();
        queue.add(third);

        assertThat(queue.hasGap()).isTrue();
        assertThat(queue.takeLostLines()).isEqualTo(A_THIRD);
        assertThat(queue.takeLostLines()).isZero();
        assertThat(queue.count()).isEqualTo(2);
        queue.closeGap();
        assertThat(queue.hasGap()).isFalse();
    }

    /** A change that is being written may well arrive: its lines are not counted as lost. */
    @Test
    void aChangeThatIsBeingWrittenIsNotDropped() {
        queue.add(lines(A_THIRD));
        queue.nextBatch();
        long dropped = queue.add(acknowledged("a"));
        queue.add(lines(A_THIRD));
        long last = queue.add(lines(A_THIRD));

        assertThat(queue.hasGap()).isTrue();
        assertThat(queue.takeLostLines())
                .as("the lines of the second, because there was no room")
                .isEqualTo(A_THIRD);
        assertThat(queue.isWritten(dropped)).as("not before the batch is").isFalse();
        queue.written();
        assertThat(queue.isWritten(last)).isFalse();
        assertThat(queue.count()).isEqualTo(1);
    }

    /** It has no lines, but the file would keep a message as waiting that was acknowledged. */
    @Test
    void aChangeWithoutLinesLeavesAGapToo() {
        for (int i = 0; i <= Limits.CHANGES_WAITING; i++) {
            queue.add(acknowledged("a" + i));
        }

        assertThat(queue.count()).isEqualTo(Limits.CHANGES_WAITING);
        assertThat(queue.hasGap()).isTrue();
        assertThat(queue.takeLostLines()).isZero();
    }
}
