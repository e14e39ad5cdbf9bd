package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteMemoryTest {

    private static final Instant NOW = GivenWrites.NOW;

    private final WriteMemory memory = new WriteMemory();

    private void done(Action action) {
        memory.record(GivenWrites.chosen(action, 0), new Outcome.Done(action, NOW, "101"));
    }

    @Test
    void anObjectThatWasCreatedIsNotCreatedAgainForHalfAMinute() {
        Action creation = GivenWrites.creation("cart");
        done(creation);

        assertThat(memory.outcome(creation, NOW)).containsInstanceOf(Outcome.Outdated.class);
        memory.forget(Set.of(), List.of(creation), NOW.plusSeconds(30).minusNanos(1));
        assertThat(memory.outcome(creation, NOW)).isPresent();
        memory.forget(Set.of(), List.of(creation), NOW.plusSeconds(30));
        assertThat(memory.outcome(creation, NOW)).isEmpty();
    }

    @Test
    void aCreationOfAnInstantToComeIsForgotten() {
        Action creation = GivenWrites.creation("cart");
        done(creation);

        memory.forget(Set.of(), List.of(creation), NOW.minus(Duration.ofHours(2)));

        assertThat(memory.outcome(creation, NOW)).isEmpty();
    }

    @Test
    void noWriteIsSentUponAVersionThatWasReplaced() {
        Action raise = GivenWrites.raise("shop", "cart");
        done(raise);

        assertThat(memory.outcome(raise, NOW)).containsInstanceOf(Outcome.Outdated.class);
        memory.forget(Set.of(), List.of(raise), NOW);
        assertThat(memory.outcome(raise, NOW)).isEmpty();
    }

    @Test
    void aRejectedRequestIsAnsweredUntilItsPauseEnds() {
        Action raise = GivenWrites.raise("shop", "cart");
        memory.record(
                GivenWrites.chosen(raise, 0),
                new Outcome.Rejected(raise, NOW, Outcome.Rejected.Subject.REQUEST, 403, "no"));

        assertThat(memory.next(List.of(raise))).contains(NOW.plusSeconds(60));
        assertThat(memory.outcome(raise, NOW.plusSeconds(59))).containsInstanceOf(Outcome.Rejected.class);
        assertThat(memory.outcome(raise, NOW.plusSeconds(60))).isEmpty();
    }
}
