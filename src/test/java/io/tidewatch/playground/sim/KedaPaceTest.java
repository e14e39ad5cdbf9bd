package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KedaPaceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");
    private static final List<ObjectKey> TEN =
            IntStream.range(0, 10).mapToObj(i -> new ObjectKey("shop", "t" + i)).toList();

    private final KedaPace pace = new KedaPace();

    @Test
    void withoutAPaceNobodyWaits() {
        assertThat(TEN).allMatch(one -> pace.wait(one, NOW).isEmpty());
    }

    @Test
    void eachWaitsForThoseSeenBefore() {
        pace.perSecond(4);

        assertThat(pace.wait(TEN.get(0), NOW)).isEmpty();
        for (int i = 1; i < TEN.size(); i++) {
            assertThat(pace.wait(TEN.get(i), NOW)).contains(Duration.ofMillis(250L * i));
        }
        assertThat(pace.wait(TEN.get(9), NOW.plusMillis(2_249))).contains(Duration.ofMillis(1));
        assertThat(pace.wait(TEN.get(9), NOW.plusMillis(2_250))).isEmpty();
    }

    /** A first version kept the distance only between those who came at one instant. */
    @Test
    void whoComesALittleLaterWaitsToo() {
        pace.perSecond(4);
        pace.wait(TEN.get(0), NOW);

        assertThat(pace.wait(TEN.get(1), NOW.plusMillis(50))).contains(Duration.ofMillis(200));
        assertThat(pace.wait(TEN.get(2), NOW.plusMillis(100))).contains(Duration.ofMillis(400));
    }

    @Test
    void afterItsTurnOneQueuesAgain() {
        pace.perSecond(4);
        pace.wait(TEN.get(0), NOW);

        assertThat(pace.wait(TEN.get(0), NOW)).contains(Duration.ofMillis(250));
        assertThat(pace.wait(TEN.get(1), NOW.plusSeconds(60))).isEmpty();
    }
}
