package io.tidewatch.loop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the source is due, and what is reported of it. */
class SourceStateTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Commit COMMIT = new Commit("shop", "c1c1c1c1c1", "Dana", Instant.EPOCH, "night");

    private final SourceState state = new SourceState("shop", MINUTE, at(0));

    private static Moment at(long second) {
        return new Moment(START.plusSeconds(second), Duration.ofSeconds(second).toNanos());
    }

    private static PullResult failed(String message) {
        return new PullResult(
                Optional.empty(), Optional.of(new IllegalStateException(message)), Optional.empty(), false, false);
    }

    private static PullResult nothingNew() {
        return new PullResult(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }

    private static PullResult unreadable(Commit commit) {
        return new PullResult(
                Optional.of(commit), Optional.of(new IllegalStateException("no")), Optional.empty(), false, false);
    }

    @Test
    void noSecondPullBeginsBesideTheFirst() {
        assertThat(state.begin(at(0))).isTrue();

        assertThat(state.begin(at(600))).isFalse();
        assertThat(state.next(at(0))).contains(START.plusSeconds(60));
        assertThat(state.next(at(60))).as("the end of the pull arms").isEmpty();
    }

    @Test
    void theSameTroubleIsReportedOnceAndItsEndWithItsLength() {
        state.begin(at(0));

        assertThat(state.end(failed("down"), at(1))).contains("down; trying again");
        assertThat(state.end(failed("down"), at(6))).isEmpty();
        assertThat(state.end(failed("no route"), at(16))).contains("no route; trying again");
        assertThat(state.end(nothingNew(), at(76))).contains("answers again after 75 s");
        assertThat(state.end(nothingNew(), at(136))).isEmpty();
    }

    @Test
    void withTwoHangingThreadsTheSourceIsSuspendedUntilOneEnds() {
        state.begin(at(0));
        assertThat(state.giveUp(Optional.empty(), DEADLINE, at(120)).suspended())
                .isFalse();
        state.begin(at(200));
        assertThat(state.giveUp(Optional.empty(), DEADLINE, at(320)).suspended())
                .isTrue();
        assertThat(state.begin(at(10_000))).isFalse();
        assertThat(state.next(at(10_000))).isEmpty();

        state.threadEnded(at(10_001));

        assertThat(state.next(at(10_001))).contains(START.plusSeconds(10_001));
        assertThat(state.begin(at(10_001))).isTrue();
    }

    @Test
    void anUnreadableCommitMayBeReadAgainAfterItsPauseAndAnotherOneBefore() {
        state.begin(at(0));
        state.end(unreadable(COMMIT), at(0));

        assertThat(state.mayRead(COMMIT.id(), true, at(59))).isFalse();
        assertThat(state.mayRead("c2c2c2c2c2", false, at(59))).isTrue();
        assertThat(state.mayRead(COMMIT.id(), true, at(60))).isTrue();
        state.end(unreadable(COMMIT), at(60));
        assertThat(state.mayRead(COMMIT.id(), true, at(179))).isFalse();
        assertThat(state.health(Optional.empty()).commitSeen()).contains(COMMIT.id());
    }

    @Test
    void aCommitThatMissedTheDeadlineHasAPauseToo() {
        state.begin(at(0));
        state.giveUp(Optional.of(COMMIT), DEADLINE, at(120));

        assertThat(state.mayRead(COMMIT.id(), true, at(121))).isFalse();
    }

    @Test
    void aSkippedCommitKeepsTheTroubleAndReportsNothingNew() {
        state.begin(at(0));
        state.end(unreadable(COMMIT), at(0));

        assertThat(state.end(
                        new PullResult(Optional.empty(), Optional.empty(), Optional.of(COMMIT.id()), false, false),
                        at(30)))
                .isEmpty();
        assertThat(state.health(Optional.empty()).trouble()).contains("commit c1c1c1c (Dana) could not be read: no");
        assertThat(state.next(at(30))).contains(START.plusSeconds(90));
    }
}
