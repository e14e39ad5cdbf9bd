package io.tidewatch.loop;

/** Is notified when the clock has leapt or has changed its pace. */
@FunctionalInterface
public interface ClockShiftListener {

    void clockShifted();
}
