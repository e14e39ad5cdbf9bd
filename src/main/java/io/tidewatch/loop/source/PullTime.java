package io.tidewatch.loop.source;

import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.MonotonicClock;
import java.time.Clock;

/**
 * The time in which pulls are due.
 *
 * @param alarm armed for the next call of {@link GitStage#pull}
 */
public record PullTime(Clock clock, MonotonicClock monotonic, AlarmClock alarm) {

    Moment now() {
        return new Moment(clock.instant(), monotonic.nanos());
    }
}
