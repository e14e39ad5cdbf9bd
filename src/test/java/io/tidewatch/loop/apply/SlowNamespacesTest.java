package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowNamespacesTest {

    private static final long SLICE = SliceLength.LONGEST.toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final SlowNamespaces slow = new SlowNamespaces();

    private static WriteInFlight sent(String namespace, long at) {
        return GivenWrites.chosen(GivenWrites.raise(namespace, "cart"), at);
    }

    @Test
    void aRequestThatTakesLongerThanASliceMakesItsNamespaceSlow() {
        List<WriteInFlight> underWay = List.of(sent("shop", 0), sent("bank", 1));

        assertThat(slow.now(underWay, SLICE)).isEmpty();
        assertThat(slow.now(underWay, SLICE + 1)).containsExactly("shop");
    }

    @Test
    void aNamespaceStaysSlowForAMinuteAfterASlowAnswer() {
        slow.answered(sent("shop", 0), 2 * SLICE);

        assertThat(slow.now(List.of(), 2 * SLICE + MINUTE)).containsExactly("shop");
        assertThat(slow.now(List.of(), 2 * SLICE + MINUTE + 1)).isEmpty();
    }

    @Test
    void aPromptAnswerEndsThat() {
        slow.answered(sent("shop", 0), 2 * SLICE);
        slow.answered(sent("shop", 2 * SLICE), 3 * SLICE);

        assertThat(slow.now(List.of(), 3 * SLICE)).isEmpty();
    }
}
