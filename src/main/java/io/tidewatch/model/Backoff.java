package io.tidewatch.model;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The pauses before a failed attempt is repeated.
 *
 * @param first the pause after the first failure
 * @param factor by how much each pause is longer than the one before; 1: all are the same
 * @param longest no pause is longer; where it is shorter than {@code first}, every pause has this length
 * @param jitter the share of a pause, 0 to 1, by which it may be shorter, so that what failed together does not come back
 *     together
 */
public record Backoff(Duration first, int factor, Duration longest, double jitter) {

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.isNegative() || factor < 1 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("Not a backoff: " + first + " x " + factor + " up to " + longest);
        }
    }

    /** Each pause is twice as long as the one before. */
    public static Backoff doubling(Duration first, Duration longest) {
        return new Backoff(first, 2, longest, 0);
    }

    /** Every pause is the same. */
    public static Backoff constant(Duration pause) {
        return new Backoff(pause, 1, pause, 0);
    }

    /** @param failures how many attempts have failed in a row, the last one included; 1 at least */
    public Duration pause(int failures) {
        Duration pause = shorter(first, longest);
        for (int i = 1; i < failures && factor > 1 && pause.compareTo(longest) < 0; i++) {
            pause = next(pause);
        }
        return pause;
    }

    /** The pause after another failure. */
    public Duration next(Duration previous) {
        return previous.compareTo(longest) >= 0 ? longest : shorter(previous.multipliedBy(factor), longest);
    }

    /** The pause where time alone is known: as long as the failure has lasted, which doubles that time. */
    public Duration afterFailingFor(Duration lasted) {
        return lasted.compareTo(first) < 0 ? shorter(first, longest) : shorter(lasted, longest);
    }

    /** @param seed the same seed gives the same pause */
    public Duration pause(int failures, long seed) {
        long full = pause(failures).toMillis();
        return Duration.ofMillis(full - new SplittableRandom(seed).nextLong((long) (full * jitter) + 1));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
