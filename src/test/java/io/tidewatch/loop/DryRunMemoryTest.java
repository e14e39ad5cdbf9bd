package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DryRunMemoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Target CART = new Target("shop", "cart");
    private static final List<Fault> FAULT = List.of(Fault.of("ownership", new IllegalStateException("no")));

    private final DryRunMemory memory = new DryRunMemory();

    @Test
    void aTargetWithoutAnAnswerIsReadyAgainAfterAMinute() {
        memory.noAnswer(CART, NOW);

        assertThat(memory.ready(Set.of(CART), NOW.plusSeconds(60).minusNanos(1)))
                .isEmpty();
        assertThat(memory.ready(Set.of(CART), NOW.plusSeconds(60))).containsExactly(CART);
    }

    @Test
    void theFifthAttemptWithoutAnAnswerIsTheLast() {
        for (int attempt = 1; attempt < 5; attempt++) {
            assertThat(memory.noAnswer(CART, NOW)).isFalse();
        }

        assertThat(memory.noAnswer(CART, NOW)).isTrue();
    }

    @Test
    void aFaultLastsUntilAnAnswerIsReported() {
        memory.fails(CART, FAULT, NOW);
        assertThat(memory.faults().byTarget()).containsOnlyKeys(CART);
        assertThat(memory.ready(Set.of(CART), NOW)).isEmpty();

        memory.reported(CART);

        assertThat(memory.faults().byTarget()).isEmpty();
        assertThat(memory.ready(Set.of(CART), NOW)).containsExactly(CART);
    }

    @Test
    void aTargetThatIsGoneIsForgotten() {
        memory.fails(CART, FAULT, NOW);

        memory.retain(Set.of());

        assertThat(memory.faults().byTarget()).isEmpty();
        assertThat(memory.ready(Set.of(CART), NOW)).containsExactly(CART);
    }
}
