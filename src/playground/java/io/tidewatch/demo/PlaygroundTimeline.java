package io.tidewatch.demo;

import io.tidewatch.loop.ClockShiftListener;
import io.tidewatch.loop.Timeline;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.time.Clock;
import java.time.Instant;

/** The simulated time of the playground, as the application's timeline. */
public record PlaygroundTimeline(PlaygroundClock playground) implements Timeline {

    @Override
    public Clock clock() {
        return playground;
    }

    @Override
    public Instant wallTimeOf(Instant then) {
        return playground.wallTimeOf(then);
    }

    @Override
    public void onShift(ClockShiftListener listener) {
        playground.onShift(listener::clockShifted);
    }
}
