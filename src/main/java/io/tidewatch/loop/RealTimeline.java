package io.tidewatch.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, which somebody may set. A leap is found by comparison with a monotonic clock: between two ticks the two clocks
 * must advance by the same time, within 30 seconds. Slewing a clock changes it by far less.
 */
final class RealTimeline implements Timeline {

    private static final Logger log = LoggerFactory.getLogger(RealTimeline.class);
    private static final Duration LEAP = Duration.ofSeconds(30);

    private final Clock clock;
    private final MonotonicClock monotonic;
    private final List<ClockShiftListener> listeners = new CopyOnWriteArrayList<>();
    private Instant lastInstant;
    private long lastNanos;

    /** @param monotonic the clock against which leaps are found */
    RealTimeline(Clock clock, MonotonicClock monotonic) {
        this.clock = clock;
        this.monotonic = monotonic;
        this.lastInstant = clock.instant();
        this.lastNanos = monotonic.nanos();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Instant wallTimeOf(Instant then) {
        return then;
    }

    @Override
    public void onShift(ClockShiftListener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean tick() {
        Duration leap = leap();
        if (leap.abs().compareTo(LEAP) <= 0) {
            return false;
        }
        log.warn(
                "the clock was set {} by {} s; everything is armed anew",
                leap.isNegative() ? "back" : "forward",
                leap.abs().toSeconds());
        listeners.forEach(ClockShiftListener::clockShifted);
        return true;
    }

    private synchronized Duration leap() {
        Instant now = clock.instant();
        long nanos = monotonic.nanos();
        Duration leap = Duration.between(lastInstant, now).minusNanos(nanos - lastNanos);
        lastInstant = now;
        lastNanos = nanos;
        return leap;
    }
}
