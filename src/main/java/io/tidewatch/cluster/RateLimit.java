package io.tidewatch.cluster;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Lets at most so many callers through in any second; the others wait for their turn, in the order in which they came.
 *
 * <p>Seconds are counted on the monotonic clock. Camel's own throttle counts on the wall clock: after that was set back by
 * two hours a pass waited two hours for its turn.
 */
public final class RateLimit {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final IntSupplier perSecond;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    /** The latest turns, in nanoseconds of the monotonic clock, oldest first; some of them lie ahead. */
    private final ArrayDeque<Long> turns = new ArrayDeque<>();

    /** Waits for so many nanoseconds. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /** @param perSecond read at each turn, because it may change; at least 1 */
    public RateLimit(IntSupplier perSecond) {
        this(perSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    RateLimit(IntSupplier perSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /**
     * Returns when it is the caller's turn.
     *
     * @throws InterruptedException when the caller is interrupted; its turn is then lost
     */
    public void await() throws InterruptedException {
        long wait = reserve();
        if (wait > 0) {
            sleeper.sleep(wait);
        }
    }

    /** Reserves the next turn, and returns how many nanoseconds ahead it is. */
    private synchronized long reserve() {
        int most = Math.max(1, perSecond.getAsInt());
        long now = nanoTime.getAsLong();
        while (turns.size() > most) {
            turns.removeFirst();
        }
        long turn = now;
        if (turns.size() == most) {
            turn = Math.max(now, turns.removeFirst() + SECOND);
        }
        if (!turns.isEmpty()) {
            turn = Math.max(turn, turns.getLast());
        }
        turns.addLast(turn);
        return turn - now;
    }
}
