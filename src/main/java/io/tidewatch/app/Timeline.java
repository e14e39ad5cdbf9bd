package io.tidewatch.app;

import java.time.Clock;
import java.time.Instant;

/**
 * The time that decisions are made in, and how it lies on the wall clock that timers run on. The two are the same but
 * where a night is played fast.
 */
public interface Timeline {

    Clock clock();

    /** The wall-clock instant at which it will be {@code then}, as things stand. */
    Instant wallTimeOf(Instant then);

    /** Called after time has leapt or changed its pace: what was armed must be armed anew. */
    void onShift(Runnable listener);

    /** Time as it is. */
    static Timeline real() {
        return new Timeline() {
            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Instant wallTimeOf(Instant then) {
                return then;
            }

            @Override
            public void onShift(Runnable listener) {
                // the wall clock has no one to tell us; the resync looks anew
            }
        };
    }
}
