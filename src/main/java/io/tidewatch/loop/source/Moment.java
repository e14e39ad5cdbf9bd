package io.tidewatch.loop.source;

import java.time.Instant;

/**
 * A moment as two clocks show it.
 *
 * @param instant by the wall clock, which somebody may set
 * @param nanos by a {@link io.tidewatch.loop.MonotonicClock}
 */
record Moment(Instant instant, long nanos) {}
