package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Moment;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepReasonTest {

    private static final DesiredBounds OPEN = Given.inWindow(ConflictPolicy.ADOPT);
    private static final DesiredBounds ENDED = Given.afterWindow(ConflictPolicy.ADOPT);

    @Test
    void aPunctualStartOrEndSaysNothingOfBeingLate() {
        assertThat(words(OPEN, ENDED, Given.OPENS.plusSeconds(60))).isEqualTo("window midnight-peak opens");
        assertThat(words(ENDED, OPEN, Given.CLOSES)).isEqualTo("window ends");
    }

    @Test
    void aLateStartSaysHowLate() {
        assertThat(words(OPEN, ENDED, Given.OPENS.plus(Duration.ofMinutes(7))))
                .isEqualTo("window midnight-peak opens, 7 min late");
        assertThat(words(OPEN, ENDED, Given.OPENS.plus(Duration.ofMinutes(125))))
                .isEqualTo("window midnight-peak opens, 2 h 5 min late");
    }

    @Test
    void anEndThatIsMadeGoodAfterARestartSaysHowLate() {
        assertThat(words(ENDED, OPEN, Given.CLOSES.plus(Duration.ofHours(50))))
                .isEqualTo("window ends, 2 days 2 h late");
    }

    @Test
    void aClockThatIsSetBackIsNotLate() {
        assertThat(words(OPEN, ENDED, Given.OPENS.minusSeconds(3600))).isEqualTo("window midnight-peak opens");
    }

    @Test
    void aWindowThatIsCommittedWhileItShouldBeOpenIsNotLate() {
        Instant committed = Given.OPENS.plus(Duration.ofMinutes(40));
        DesiredBounds late = Given.committed(OPEN, "new", committed);
        assertThat(words(late, ENDED, committed.plusSeconds(30))).isEqualTo("window midnight-peak opens");
        assertThat(words(late, ENDED, committed.plus(Duration.ofMinutes(5))))
                .isEqualTo("window midnight-peak opens, 5 min late");
    }

    @Test
    void aCommitThatChangesNumbersBetweenEdgesIsNoEdge() {
        Instant later = Given.OPENS.plus(Duration.ofMinutes(40));
        assertThat(new StepReason(OPEN, Given.after(OPEN, 6, 6), Optional.empty(), new Moment(later)).text())
                .isEqualTo("window midnight-peak changed");
        assertThat(new StepReason(
                                ENDED,
                                Given.after(ENDED, 4, 4),
                                Optional.empty(),
                                new Moment(Given.CLOSES.plus(Duration.ofHours(9))))
                        .text())
                .isEqualTo("baseline changed");
        assertThat(new StepReason(OPEN, Given.after(OPEN, 7, 6), Optional.empty(), new Moment(later)).text())
                .isEqualTo("window midnight-peak counts");
    }

    @Test
    void theFirstWriteOutsideWindowsIsNoEndOfOne() {
        assertThat(new StepReason(
                                ENDED,
                                Given.live(3),
                                Optional.empty(),
                                new Moment(Given.CLOSES.plus(Duration.ofHours(9))))
                        .text())
                .isEqualTo("baseline");
    }

    /** The lowering was in time, and so is the wait that its checks ask for. */
    @Test
    void aLoweringThatWaitedForHealthSaysForWhatAndHowLong() {
        Wait wait = new Wait(Given.CLOSES, "3 pods available, the lower minimum is 5");

        assertThat(waited(wait, Given.CLOSES.plusSeconds(85)))
                .isEqualTo("window ends, waited 85 s (3 pods available, the lower minimum is 5)");
        assertThat(waited(wait, Given.CLOSES.plus(Duration.ofMinutes(5))))
                .isEqualTo("window ends, waited 5 min (3 pods available, the lower minimum is 5)");
    }

    @Test
    void anEndThatWasMissedAndThenWaitedSaysBoth() {
        Wait wait = new Wait(Given.CLOSES.plus(Duration.ofMinutes(3)), "an update of Rollout checkout is in progress");

        assertThat(waited(wait, Given.CLOSES.plus(Duration.ofMinutes(5))))
                .isEqualTo("window ends, 3 min late, waited 2 min (an update of Rollout checkout is in progress)");
    }

    private static String waited(Wait wait, Instant now) {
        return new StepReason(ENDED, Given.after(OPEN, 7, 7), Optional.of(wait), new Moment(now)).text();
    }

    /** What we wrote last was {@code before}, at the commit that counts still. */
    private static String words(DesiredBounds desired, DesiredBounds before, Instant now) {
        Bounds applied = before.bounds();
        Map<String, String> memory = new HashMap<>(Given.memory(before, applied.min()));
        memory.put("tidewatch.io/commit", Given.COMMIT.id());
        return new StepReason(desired, Given.live(applied.min(), memory), Optional.empty(), new Moment(now)).text();
    }
}
