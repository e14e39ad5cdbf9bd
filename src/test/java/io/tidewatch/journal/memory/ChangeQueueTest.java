package io.tidewatch.journal.memory;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.model.Limits;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Report;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    /** An edge of 10,000 targets, at which each has a step, a line and a diagnosis with its evidence. */
    private static Change.Reported edge(int targets) {
        Report one = JournalSamples.diagnosed(State.AVAILABILITY_LAG, NIGHT);
        Step step = new Step(
                JournalSamples.CART,
                Optional.empty(),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(NIGHT),
                State.CONVERGED,
                Step.Change.commit("3f2c1ab"));
        return new Change.Reported(
                Collections.nCopies(
                        targets, line(NIGHT, "minimum 5 → 7, written by Dana's commit 3f2c1ab of the shop")),
                List.of(incident("i1", Optional.empty())),
                List.of(),
                Collections.nCopies(targets, step),
                Collections.nCopies(targets, one.diagnoses().get(0)),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
    }

    @Test
    void ofAnEdgeOfManyTargetsDiagnosesAloneAreDropped() {
        edge(10_000).parts().forEach(queue::add);
        int kept = (int) queue.nextBatch().stream()
                .map(NumberedChange::change)
                .filter(change -> change instanceof Change.Reported reported
                        && reported.steps().size() == 10_000
                        && reported.diary().size() == 10_000
                        && reported.messages().size() == 1
                        && reported.opened().size() == 1)
                .count();

        assertThat(kept).isOne();
        assertThat(queue.hasGap()).isFalse();
    }

    @Test
    void diagnosesAreDroppedBeforeWhatIsOlder() {
        Change older = lines(A_THIRD);
        queue.add(older);
        edge(4_000).parts().forEach(queue::add);
        Change newer = lines(A_THIRD + A_THIRD / 2);
        queue.add(newer);

        assertThat(queue.hasGap()).isFalse();
        assertThat(queue.takeLostLines()).as("diagnoses, in parts of 500").isPositive();
        assertThat(queue.nextBatch()).extracting(NumberedChange::change).contains(older);
    }

    @Test
    void aReportIsCutIntoPartsThatHoldAllOfIt() {
        Change.Reported whole = edge(1_234);
        List<Change.Reported> parts =
                whole.parts().stream().map(Change.Reported.class::cast).toList();

        assertThat(parts).hasSize(4);
        assertThat(parts.get(0).isOfDiagnosesAlone()).isFalse();
        assertThat(parts.subList(1, 4)).allMatch(Change::isOfDiagnosesAlone);
        assertThat(parts.stream().flatMap(part -> part.diagnoses().stream()).toList())
                .isEqualTo(whole.diagnoses());
        assertThat(parts.get(0).steps()).isEqualTo(whole.steps());
        assertThat(edge(500).parts()).containsExactly(edge(500));
    }
}
