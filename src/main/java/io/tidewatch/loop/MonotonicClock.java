package io.tidewatch.loop;

/** A clock that nobody sets and that never leaps, such as {@link System#nanoTime}. Only differences of its values mean something. */
@FunctionalInterface
public interface MonotonicClock {

    /** In nanoseconds from an unknown origin; compare two values by their difference. */
    long nanos();
}
