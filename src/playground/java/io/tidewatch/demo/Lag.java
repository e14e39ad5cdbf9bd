package io.tidewatch.demo;

import io.tidewatch.model.Durations;
import java.time.Duration;

/**
 * How far a night fell behind its own clock. A machine that is too slow for the clock makes deadlines pass that a slower clock would
 * keep.
 *
 * @param speed of the clock: simulated seconds per real second
 * @param controllers the longest real time by which the simulated controllers were late
 * @param pass the longest real time that a pass took
 */
record Lag(double speed, Duration controllers, Duration pass) {

    /** Of the night's clock. The shortest deadline of the night is the 2 minutes in which an HPA must follow. */
    static final Duration BOUND = Duration.ofMinutes(1);

    /** Whether the machine was too slow for the clock. */
    boolean isTooLarge() {
        return onTheClock(controllers).compareTo(BOUND) > 0 || onTheClock(pass).compareTo(BOUND) > 0;
    }

    String text() {
        return "This machine was too slow or too busy for a clock that runs " + Math.round(speed)
                + " times as fast as a real one: the simulated controllers were up to "
                + Durations.words(onTheClock(controllers)) + " late on it, and a pass took up to "
                + Durations.words(onTheClock(pass)) + ".";
    }

    private Duration onTheClock(Duration real) {
        return Duration.ofNanos(Math.round(real.toNanos() * speed));
    }
}
