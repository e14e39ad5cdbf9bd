package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.plan.Lane;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private static final long LENGTH = SliceLength.LONGEST.toNanos();
    private static final Target CART = new Target("shop", "cart");
    private static final Target CHECKOUT = new Target("shop", "checkout");

    private final WriteQueue queue = new WriteQueue(8, 2);

    private WriteInFlight sent(long now) {
        WriteInFlight write = queue.take(now).orElseThrow();
        assertThat(write.send()).isTrue();
        return write;
    }

    @Test
    void nothingIsSentInTheSecondHalfOfASliceWhileNoAnswerIsKnown() {
        queue.begin(List.of(GivenWrites.lane(GivenWrites.raise("shop", "cart"))), 0, LENGTH);

        assertThat(queue.mayFollow(LENGTH / 2 - 1)).isTrue();
        assertThat(queue.mayFollow(LENGTH / 2)).isFalse();
        assertThat(queue.timeToEnd(LENGTH / 2)).isEqualTo(LENGTH / 2);
    }

    /** 2,000 minimums of one instant waited half of the time for answers that had come. */
    @Test
    void answersThatComeSoonLeaveMoreOfTheSliceToWrites() {
        answeredAfter(LENGTH / 100);

        queue.begin(two(), LENGTH, LENGTH);
        assertThat(queue.timeToSend(LENGTH)).as("an eighth is kept").isEqualTo(LENGTH * 7 / 8);
    }

    @Test
    void twiceTheTimeOfTheSlowestAnswerIsKeptForAnswers() {
        answeredAfter(LENGTH / 10);

        queue.begin(two(), LENGTH, LENGTH);
        assertThat(queue.timeToSend(LENGTH)).isEqualTo(LENGTH - LENGTH / 5);
    }

    @Test
    void aWriteThatIsNotAnsweredCountsWithItsAge() {
        answeredAfter(LENGTH / 100);
        queue.begin(two(), LENGTH, LENGTH);
        sent(LENGTH);

        long later = LENGTH + LENGTH / 5;
        assertThat(queue.timeToSend(later)).isEqualTo(LENGTH - 2 * (LENGTH / 5) - LENGTH / 5);
        assertThat(queue.mayFollow(LENGTH + LENGTH / 2)).isFalse();
    }

    /** Without an answer the API server may be slow by now. */
    @Test
    void afterASliceWithoutAnAnswerNothingIsKnown() {
        answeredAfter(LENGTH / 100);
        queue.begin(two(), LENGTH, LENGTH);
        queue.end();

        queue.begin(two(), 2 * LENGTH, LENGTH);
        assertThat(queue.timeToSend(2 * LENGTH)).isEqualTo(LENGTH / 2);
    }

    private void answeredAfter(long nanos) {
        queue.begin(two(), 0, LENGTH);
        queue.answered(sent(0), nanos);
        queue.end();
    }

    private static List<Lane> two() {
        return List.of(
                GivenWrites.lane(GivenWrites.raise("shop", "cart")),
                GivenWrites.lane(GivenWrites.raise("shop", "checkout")));
    }

    @Test
    void theSecondWriteOfATargetFollowsTheAnswerToTheFirst() {
        queue.begin(
                List.of(GivenWrites.lane(GivenWrites.creation("cart"), GivenWrites.raise("shop", "cart"))), 0, LENGTH);
        WriteInFlight first = sent(0);
        assertThat(queue.isReady(0)).isFalse();
        assertThat(queue.mayFollow(0)).as("the target comes back").isTrue();

        assertThat(queue.answered(first, 1)).as("within its slice").isTrue();

        assertThat(queue.take(1)).map(WriteInFlight::action).contains(GivenWrites.raise("shop", "cart"));
    }

    @Test
    void anAnswerAfterItsSliceIsLateAndPutsNothingBack() {
        queue.begin(
                List.of(GivenWrites.lane(GivenWrites.creation("cart"), GivenWrites.raise("shop", "cart"))), 0, LENGTH);
        WriteInFlight write = sent(0);
        assertThat(queue.end()).isEmpty();
        assertThat(queue.underWay(CART)).contains(write);

        assertThat(queue.answered(write, LENGTH)).isFalse();

        assertThat(queue.underWay(CART)).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatWasChosenAndNotSentWaitsAgain() {
        queue.begin(List.of(GivenWrites.lane(GivenWrites.raise("shop", "cart"))), 0, LENGTH);
        Optional<WriteInFlight> chosen = queue.take(0);

        assertThat(queue.withdrawUnsent())
                .containsExactlyElementsOf(chosen.stream().toList());

        assertThat(queue.underWay(CART)).isEmpty();
        assertThat(queue.isTried(CART)).as("it was never sent").isFalse();
        assertThat(queue.end()).containsExactly(CART);
    }

    /** Its second write was withdrawn, but its first was sent. */
    @Test
    void aTargetWhoseLaterWriteWasTakenBackIsTriedAllTheSame() {
        queue.begin(
                List.of(GivenWrites.lane(GivenWrites.creation("cart"), GivenWrites.raise("shop", "cart"))), 0, LENGTH);
        queue.answered(sent(0), 1);
        assertThat(queue.take(1)).isPresent();

        queue.withdrawUnsent();

        assertThat(queue.isTried(CART)).isTrue();
    }

    @Test
    void aSliceWaitsForNoAnswerOfASlowNamespace() {
        queue.begin(List.of(GivenWrites.lane(GivenWrites.raise("shop", "cart"))), 0, 10 * LENGTH);
        sent(0);

        assertThat(queue.isAnswerDue(LENGTH)).isTrue();
        assertThat(queue.isAnswerDue(LENGTH + 1)).isFalse();
    }

    @Test
    void aTargetCountsAsTriedWhileSomethingIsPlannedForIt() {
        queue.begin(
                List.of(
                        GivenWrites.lane(GivenWrites.raise("shop", "cart")),
                        GivenWrites.lane(GivenWrites.raise("shop", "checkout"))),
                0,
                LENGTH);
        sent(0);
        assertThat(queue.isTried(CART)).isTrue();
        assertThat(queue.isTried(CHECKOUT)).isFalse();

        queue.retain(Set.of(CHECKOUT));

        assertThat(queue.isTried(CART)).isFalse();
    }
}
