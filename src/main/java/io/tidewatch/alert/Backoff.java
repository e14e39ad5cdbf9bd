package io.tidewatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** When a message is tried again: soon at first, every ten minutes at last, for as long as the outage lasts. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 7;

    private Backoff() {}

    /**
     * @param failures how often it has failed, this time included
     * @param id spreads messages that failed together, the same way after a restart
     */
    public static Instant next(Instant now, int failures, String id) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), DOUBLINGS));
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        double share = 0.8 + 0.4 * new SplittableRandom(id.hashCode() * 31L + failures).nextDouble();
        return now.plusMillis(Math.round(bounded.toMillis() * share));
    }
}
