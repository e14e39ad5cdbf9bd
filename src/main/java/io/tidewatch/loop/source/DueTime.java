package io.tidewatch.loop.source;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in the future by two clocks. It is reached when one of the two clocks shows it, so setting the wall clock back delays
 * nothing.
 *
 * @param instant by the wall clock
 * @param nanos by the monotonic clock
 */
record DueTime(Instant instant, long nanos) {

    static DueTime after(Duration pause, Moment now) {
        return new DueTime(now.instant().plus(pause), now.nanos() + pause.toNanos());
    }

    boolean isReached(Moment now) {
        return !now.instant().isBefore(instant) || now.nanos() - nanos >= 0;
    }

    /** The same time, with the instant that the monotonic clock reaches it, where the wall clock would reach it later. */
    DueTime noLaterThanByNanos(Moment now) {
        Instant byNanos = now.instant().plus(Duration.ofNanos(Math.max(0, nanos - now.nanos())));
        return byNanos.isBefore(instant) ? new DueTime(byNanos, nanos) : this;
    }
}
