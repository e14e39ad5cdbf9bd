package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A value that is made once in a second at most. */
class RenewedTest {

    private final HandNanos nanos = new HandNanos();
    private final AtomicInteger made = new AtomicInteger();
    private final Renewed<Integer> value = new Renewed<>(Duration.ofSeconds(1), nanos::getAsLong);

    @Test
    void itIsMadeOnceInItsTime() {
        assertThat(value.get("a", made::incrementAndGet)).isEqualTo(1);
        nanos.pass(Duration.ofSeconds(1).minusNanos(1));
        assertThat(value.get("a", made::incrementAndGet)).isEqualTo(1);
        nanos.pass(Duration.ofNanos(1));
        assertThat(value.get("a", made::incrementAndGet)).isEqualTo(2);
    }

    /** Another commit counts at once. */
    @Test
    void itIsMadeAnewOfAnotherThing() {
        assertThat(value.get("a", made::incrementAndGet)).isEqualTo(1);
        assertThat(value.get("b", made::incrementAndGet)).isEqualTo(2);
        assertThat(value.get("b", made::incrementAndGet)).isEqualTo(2);
    }
}
