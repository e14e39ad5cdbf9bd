package io.tidewatch.loop;

import java.time.Clock;
import java.time.Instant;

/**
 * The clock of decisions, and its relation to the wall clock of timers. The two differ only where a simulated night runs fast.
 */
public interface Timeline {

    Clock clock();

    /** The wall-clock instant at which it will be {@code then}, as far as is known now. */
    Instant wallTimeOf(Instant then);

    /** Registers a listener for leaps of the clock and changes of its pace: all alarms must then be armed anew. */
    void onShift(ClockShiftListener listener);

    /**
     * Called every second by a thread of its own, for a clock that must be read to find that it has leapt.
     *
     * @return whether the clock has leapt since the last call, so that whatever waits for its instants must be computed again
     */
    default boolean tick() {
        return false;
    }

    /** Time as it is. */
    static Timeline real() {
        return new RealTimeline(Clock.systemUTC(), System::nanoTime);
    }
}
