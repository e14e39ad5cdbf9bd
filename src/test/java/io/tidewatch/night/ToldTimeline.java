package io.tidewatch.night;

import io.tidewatch.loop.ClockShiftListener;
import io.tidewatch.loop.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The playground's time in another process, which is told how it lies on the wall clock that both share. */
final class ToldTimeline extends Clock implements Timeline {

    private final List<ClockShiftListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Pace pace = new Pace(Instant.EPOCH, Instant.EPOCH, 1);

    /** What the clock shows at a wall instant, and how fast it goes. */
    private record Pace(Instant wall, Instant shown, double speed) {

        Instant at(Instant now) {
            return shown.plusNanos(Math.round(Duration.between(wall, now).toNanos() * speed));
        }

        Instant wallTimeOf(Instant then) {
            return wall.plusNanos(Math.round(Duration.between(shown, then).toNanos() / speed));
        }
    }

    void told(Instant wall, Instant shown, double speed) {
        pace = new Pace(wall, shown, speed);
        listeners.forEach(ClockShiftListener::clockShifted);
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public Instant wallTimeOf(Instant then) {
        return pace.wallTimeOf(then);
    }

    @Override
    public void onShift(ClockShiftListener listener) {
        listeners.add(listener);
    }

    /** Nobody listens any more. */
    void forget() {
        listeners.clear();
    }

    @Override
    public Instant instant() {
        return pace.at(Instant.now());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks for another zone");
    }
}
