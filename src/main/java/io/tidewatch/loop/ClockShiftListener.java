package io.tidewatch.loop;

/** Learns that the clock has leapt or has changed its pace. */
@FunctionalInterface
public interface ClockShiftListener {

    void clockShifted();
}
