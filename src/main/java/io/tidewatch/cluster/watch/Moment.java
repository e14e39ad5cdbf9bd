package io.tidewatch.cluster.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * An instant on two clocks. Ages are counted by the monotonic clock; times of targets are compared with the clock of passes.
 *
 * @param nanos on the monotonic clock
 * @param at on the clock of passes
 */
record Moment(long nanos, Instant at) {

    boolean isOlder(Duration age, Moment now) {
        return now.nanos() - nanos >= age.toNanos();
    }

    /** By either clock: the clock of passes may have been set back, and may run faster in the playground. */
    boolean isOlderByEither(Duration age, Moment now) {
        return isOlder(age, now) || !now.at().isBefore(at.plus(age));
    }

    boolean isAfter(Moment other) {
        return nanos - other.nanos > 0;
    }
}
