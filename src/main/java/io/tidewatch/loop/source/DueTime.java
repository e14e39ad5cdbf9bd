package io.tidewatch.loop.source;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in the future by two clocks. The time is reached when one of the two clocks shows it, so a wall clock that was set back
 * puts nothing off.
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

    /** With the instant at which the monotonic clock reaches this time, where the wall clock reaches it later. */
    DueTime noLaterThanByNanos(Moment now) {
        Instant byNanos = now.instant().plus(Duration.ofNanos(Math.max(0, nanos - now.nanos())));
        return byNanos.isBefore(instant) ? new DueTime(byNanos, nanos) : this;
    }
}
