package io.tidewatch.loop;

import java.time.Clock;
import java.time.Instant;

/**
 * The time that decisions are made in, and how it lies on the wall clock that timers run on. The two are the same but
 * where a night is played fast.
 */
public interface Timeline {

    Clock clock();

    /** The wall-clock instant at which it will be {@code then}, as far as is known now. */
    Instant wallTimeOf(Instant then);

    /** Called after time has leapt or changed its pace: what was armed must be armed anew. */
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
