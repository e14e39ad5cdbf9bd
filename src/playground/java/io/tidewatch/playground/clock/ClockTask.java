package io.tidewatch.playground.clock;

/** A task that waits for its simulated instant; cancelling one that ran already does nothing. */
@FunctionalInterface
public interface ClockTask {
    /** The task will not be started any more; one that is running is not interrupted. */
    void cancel();
}
