package io.tidewatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** When a message that nobody took is tried again: later each time, never given up. */
public final class Backoff {

    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 7;

    private Backoff() {}

    /**
     * Waits are between half of and all of 5 s, 10 s, 20 s ... 10 min; where in between is a matter of the message, so
     * that those which failed together do not come back together.
     *
     * @param attempts how many have failed, the one just now included; 1 at least
     */
    public static Instant next(String id, int attempts, Instant now) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, DOUBLINGS));
        long full = (doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST).toMillis();
        long jitter = new SplittableRandom(31L * id.hashCode() + attempts).nextLong(full / 2 + 1);
        return now.plusMillis(full - jitter);
    }
}
