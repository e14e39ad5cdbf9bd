package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Turns on a monotonic clock that the test moves. */
class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Any origin will do for nanoTime, one before zero too. */
    private final AtomicLong now = new AtomicLong(-3 * SECOND);

    @Test
    void noSecondHasMoreTurnsThanThereMayBe() throws InterruptedException {
        Random random = new Random(20261122);
        for (int rate : new int[] {1, 2, 5, 20}) {
            RateLimit limit = new RateLimit(() -> rate, now::get, now::addAndGet);
            List<Long> turns = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                now.addAndGet((long) (random.nextDouble() * random.nextInt(3) * SECOND / rate));
                limit.await();
                turns.add(now.get());
            }
            for (int i = rate; i < turns.size(); i++) {
                assertThat(turns.get(i) - turns.get(i - rate))
                        .as("turn %d at %d a second", i, rate)
                        .isGreaterThanOrEqualTo(SECOND);
            }
        }
    }

    @Test
    void nobodyWaitsWhileThereAreTurns() throws InterruptedException {
        RateLimit limit = new RateLimit(() -> 3, now::get, nanos -> {
            throw new AssertionError("waits for " + nanos);
        });
        for (int i = 0; i < 30; i++) {
            limit.await();
            now.addAndGet(SECOND / 3 + 1);
        }
    }

    /** As when Events get all turns again once no write waits. */
    @Test
    void aRateThatChangesCountsFromTheNextTurnOn() throws InterruptedException {
        AtomicLong rate = new AtomicLong(1);
        RateLimit limit = new RateLimit(() -> (int) rate.get(), now::get, now::addAndGet);
        limit.await();
        limit.await();
        long slow = now.get();
        rate.set(20);
        for (int i = 0; i < 19; i++) {
            limit.await();
        }
        assertThat(now.get()).isEqualTo(slow);
        rate.set(1);
        limit.await();
        assertThat(now.get()).isEqualTo(slow + SECOND);
    }
}
