package io.tidewatch.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, which somebody may set. A leap is told by a clock that never leaps: between two ticks both must have gone on
 * by the same, give or take 30 seconds; what a clock is slewed by stays far below that.
 */
final class RealTimeline implements Timeline {

    private static final Logger log = LoggerFactory.getLogger(RealTimeline.class);
    private static final Duration LEAP = Duration.ofSeconds(30);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Instant lastInstant;
    private long lastNanos;

    /** @param nanoTime a clock that never leaps, like {@link System#nanoTime()} */
    RealTimeline(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastInstant = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
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
    public void onShift(Runnable listener) {
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
        listeners.forEach(Runnable::run);
        return true;
    }

    private synchronized Duration leap() {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration leap = Duration.between(lastInstant, now).minusNanos(nanos - lastNanos);
        lastInstant = now;
        lastNanos = nanos;
        return leap;
    }
}
