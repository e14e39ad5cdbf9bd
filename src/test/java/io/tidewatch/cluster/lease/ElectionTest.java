package io.tidewatch.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One replica, {@code a}, which leads for 8 s after a renewal and waits 20 s for the Lease of another one. */
class ElectionTest {

    private static final LeaseTimes TIMES = new LeaseTimes(Duration.ofSeconds(20), Duration.ofSeconds(8));

    private final Election election = new Election("a", Set.of("a-before", "a-before-that"), TIMES);

    @Test
    void nothingIsWrittenBeforeTheLeaseWasRead() {
        assertThat(election.candidacy(0)).isEmpty();
        assertThat(election.term(0)).isEmpty();
    }

    @Test
    void aLeaseThatNeverWasIsTakenAtOnce() {
        election.read(Optional.empty(), 0);

        assertThat(election.candidacy(0)).contains(lease("a", 1, ""));
    }

    @Test
    void theDeadlineCountsFromBeforeTheRequestAndIsExclusive() {
        election.written(lease("a", 1, "1"), at(1));

        assertThat(election.term(at(9) - 1)).isEqualTo(OptionalInt.of(1));
        assertThat(election.term(at(9))).isEmpty();
        assertThat(election.renewal(at(9))).isEmpty();
    }

    @Test
    void anotherOnesLeaseIsTakenAWholeLeaseAfterItWasSeenToChange() {
        election.read(Optional.of(lease("b", 4, "1")), at(0));
        election.read(Optional.of(lease("b", 4, "2")), at(15));
        election.read(Optional.of(lease("b", 4, "2")), at(30));

        assertThat(election.candidacy(at(35) - 1)).isEmpty();
        assertThat(election.candidacy(at(35))).contains(lease("a", 5, "2"));
    }

    @Test
    void aLongerLeaseOfAnotherReplicaIsWaitedForUpToTwoMinutes() {
        election.read(Optional.of(new LeaseRecord(Optional.of("b"), Duration.ofSeconds(60), 4, "1", "")), 0);
        assertThat(election.candidacy(at(60) - 1)).isEmpty();
        assertThat(election.candidacy(at(60))).isPresent();

        election.read(Optional.of(new LeaseRecord(Optional.of("b"), Duration.ofDays(999), 4, "2", "")), 0);
        assertThat(election.candidacy(at(120) - 1)).isEmpty();
        assertThat(election.candidacy(at(120))).isPresent();
    }

    @Test
    void aReleasedLeaseIsTakenAtOnce() {
        election.read(Optional.of(lease("b", 4, "1")), at(0));
        election.read(Optional.of(new LeaseRecord(Optional.empty(), Duration.ofSeconds(1), 4, "2", "")), at(1));

        assertThat(election.candidacy(at(1))).contains(lease("a", 5, "2"));
    }

    @Test
    void theLeaseOfAProcessThatHasEndedIsTakenAtOnce() {
        election.read(Optional.of(lease("a-before", 4, "1")), at(0));

        assertThat(election.candidacy(at(0))).contains(lease("a", 5, "1"));
    }

    @Test
    void theOwnLeaseIsTakenAgainAfterAnOutageInANewTerm() {
        election.written(lease("a", 4, "1"), at(0));
        election.read(Optional.of(lease("a", 4, "1")), at(60));

        assertThat(election.term(at(60))).isEmpty();
        assertThat(election.candidacy(at(60))).contains(lease("a", 5, "1"));
    }

    @Test
    void aLeaseOfTheSameNameInAnotherTermIsNotOwn() {
        election.written(lease("a", 4, "1"), at(0));
        election.read(Optional.of(lease("a", 5, "2")), at(1));

        assertThat(election.term(at(1))).isEmpty();
        assertThat(election.candidacy(at(20))).isEmpty();
        assertThat(election.candidacy(at(21))).contains(lease("a", 6, "2"));
    }

    @Test
    void aLeaderThatReadsAnotherHolderStopsAtOnce() {
        election.written(lease("a", 4, "1"), at(0));
        election.read(Optional.of(lease("b", 5, "2")), at(1));

        assertThat(election.term(at(1))).isEmpty();
        assertThat(election.leader()).contains("b");
    }

    @Test
    void somebodysLabelOnTheLeaseDoesNotEndATerm() {
        election.written(lease("a", 4, "1"), at(0));
        election.read(Optional.of(lease("a", 4, "2")), at(1));

        assertThat(election.term(at(1))).hasValue(4);
        assertThat(election.renewal(at(1))).contains(lease("a", 4, "2"));
        assertThat(election.term(at(8))).as("a reading is no renewal").isEmpty();
    }

    /** Its leader learns of it with the next renewal only. */
    @Test
    void aLeaseThatVanishedIsWaitedForLikeOneThatIsHeld() {
        election.read(Optional.of(lease("b", 4, "1")), at(0));
        election.read(Optional.empty(), at(2));

        assertThat(election.candidacy(at(22) - 1)).isEmpty();
        assertThat(election.candidacy(at(22))).contains(lease("a", 5, ""));
    }

    @Test
    void aLeaderWhoseLeaseVanishedStopsAtOnce() {
        election.written(lease("a", 4, "1"), at(0));
        election.read(Optional.empty(), at(1));

        assertThat(election.term(at(1))).isEmpty();
    }

    /** One that has died stays named in its Lease. */
    @Test
    void anotherLeaderIsAliveWhenItRenewsBeforeOurEyes() {
        election.read(Optional.of(lease("b", 4, "1")), at(0));
        election.read(Optional.of(lease("b", 4, "1")), at(2));
        election.read(Optional.of(lease("b", 4, "2")), at(4));
        assertThat(election.livingLeader()).as("somebody may have edited it").isEmpty();

        election.read(Optional.of(lease("b", 4, "3")), at(6));
        assertThat(election.livingLeader()).contains("b");
        election.read(Optional.of(lease("c", 5, "4")), at(8));
        assertThat(election.livingLeader()).isEmpty();
        election.read(Optional.of(lease("c", 5, "5")), at(10));
        assertThat(election.livingLeader()).contains("c");
        election.read(Optional.empty(), at(12));
        assertThat(election.livingLeader()).isEmpty();
    }

    @Test
    void whoResignsWritesNothingMoreAndGivesTheLeaseBack() {
        election.written(lease("a", 4, "1"), at(0));

        assertThat(election.resign(at(1)))
                .contains(new LeaseRecord(Optional.empty(), Duration.ofSeconds(1), 4, "1", ""));
        assertThat(election.term(at(1))).isEmpty();
    }

    @Test
    void whoseDeadlineHasComeHasNothingToGiveBack() {
        election.written(lease("a", 4, "1"), at(0));

        assertThat(election.resign(at(8))).isEmpty();
    }

    @Test
    void theMonotonicClockMayOverflow() {
        election.written(lease("a", 4, "1"), Long.MAX_VALUE - 5);

        assertThat(election.term(Long.MIN_VALUE + 5)).hasValue(4);
        assertThat(election.term(Long.MAX_VALUE - 5 + at(8))).isEmpty();
    }

    @Test
    void theTimesLeaveRoomForTheLongestRequest() {
        assertThat(LeaseTimes.of(Duration.ofSeconds(10)))
                .isEqualTo(new LeaseTimes(Duration.ofSeconds(25), Duration.ofSeconds(8)));
        for (int seconds = 1; seconds <= 120; seconds++) {
            LeaseTimes times = LeaseTimes.of(Duration.ofSeconds(seconds));
            assertThat(times.renewWithin().plusSeconds(seconds + Math.min(seconds, 5)))
                    .isLessThan(times.lease());
        }
        assertThat(LeaseTimes.of(Duration.ZERO)).isEqualTo(LeaseTimes.of(Duration.ofMinutes(1)));
    }

    private static LeaseRecord lease(String holder, int term, String version) {
        return new LeaseRecord(Optional.of(holder), Duration.ofSeconds(20), term, version, "");
    }

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
