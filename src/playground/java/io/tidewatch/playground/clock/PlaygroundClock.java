package io.tidewatch.playground.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated time that runs {@code speed} times as fast as the wall clock, can stand still (speed 0) and can leap
 * forward, never back.
 *
 * <p>Tasks wait for simulated instants and are timed anew whenever the speed changes or time leaps. All of them run on
 * one daemon thread, in the order of their instants, so a task must be short: hand longer work to a thread of your own.
 * A task that throws is logged and does not stop the others. A leap runs every one-off task it passed over, once, with
 * {@link #instant()} already at the leap's end; periodic tasks never replay missed ticks, they continue from now.
 */
public final class PlaygroundClock extends Clock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaygroundClock.class);
    private static final double NANOS = 1e9;

    private final Object lock = new Object();
    private final InstantSource wall;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final List<Runnable> shiftListeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private Instant wallAnchor;
    private Instant anchor;
    private double speed;
    private long written;
    private boolean running;
    private boolean closed;

    private PlaygroundClock(InstantSource wall, Instant start, double speed) {
        this.wall = wall;
        this.wallAnchor = wall.instant();
        this.anchor = start;
        this.speed = checkedSpeed(speed);
        this.thread = new Thread(this::run, "playground-clock");
        thread.setDaemon(true);
    }

    /**
     * A clock that shows {@code start} now.
     *
     * @param speed simulated seconds per real second; 0 stands still and moves by {@link #jumpTo} only
     */
    public static PlaygroundClock startingAt(Instant start, double speed) {
        return startingAt(start, speed, Clock.systemUTC());
    }

    static PlaygroundClock startingAt(Instant start, double speed, InstantSource wall) {
        PlaygroundClock clock = new PlaygroundClock(wall, start, speed);
        clock.thread.start();
        return clock;
    }

    private static double checkedSpeed(double speed) {
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be 0 or more, and finite: " + speed);
        }
        return speed;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return simulated(wall.instant());
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new Zoned(this, zone);
    }

    /** Simulated seconds per real second. */
    public double speed() {
        synchronized (lock) {
            return speed;
        }
    }

    /** Changes the pace from this instant on; every waiting task keeps its simulated instant. */
    public void setSpeed(double newSpeed) {
        checkedSpeed(newSpeed);
        synchronized (lock) {
            moveAnchor(instant());
            speed = newSpeed;
        }
        shiftListeners.forEach(Runnable::run);
    }

    /**
     * Leaps to a later instant.
     *
     * @throws IllegalArgumentException when {@code target} lies before now: simulated time never runs backwards
     */
    public void jumpTo(Instant target) {
        synchronized (lock) {
            Instant now = instant();
            if (target.isBefore(now)) {
                throw new IllegalArgumentException("cannot go back from " + now + " to " + target);
            }
            moveAnchor(target);
        }
        shiftListeners.forEach(Runnable::run);
    }

    /** The real instant at which simulated time will be {@code simulated}; {@link Instant#MAX} while time stands still. */
    public Instant wallTimeOf(Instant simulated) {
        synchronized (lock) {
            Instant wallNow = wall.instant();
            double ahead = seconds(Duration.between(simulated(wallNow), simulated));
            if (speed == 0) {
                return ahead > 0 ? Instant.MAX : wallNow;
            }
            return wallNow.plusNanos(Math.round(ahead / speed * NANOS));
        }
    }

    /** Runs {@code listener}, on the caller's thread, after each change of speed and each leap. */
    public void onShift(Runnable listener) {
        shiftListeners.add(listener);
    }

    /** Runs {@code task} once simulated time has reached {@code due}: at once if it has already. */
    public ClockTask at(Instant due, Runnable task) {
        synchronized (lock) {
            Waiting entry = new Waiting(due, written++, task);
            waiting.add(entry);
            lock.notifyAll();
            return () -> {
                synchronized (lock) {
                    waiting.remove(entry);
                    lock.notifyAll();
                }
            };
        }
    }

    /** Runs {@code task} every {@code period} of simulated time, first after one period. */
    public ClockTask every(Duration period, Runnable task) {
        return new Periodic(this, period, task).start();
    }

    /** The instant of the next waiting task, if any. */
    public Optional<Instant> nextDue() {
        synchronized (lock) {
            return Optional.ofNullable(waiting.peek()).map(Waiting::due);
        }
    }

    /** Whether no task is running and none is due: what has to happen up to now has happened. */
    public boolean isCaughtUp() {
        synchronized (lock) {
            Waiting head = waiting.peek();
            return !running && (head == null || head.due.isAfter(instant()));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
            lock.notifyAll();
        }
    }

    private void moveAnchor(Instant simulated) {
        wallAnchor = wall.instant();
        anchor = simulated;
        lock.notifyAll();
    }

    private Instant simulated(Instant wallNow) {
        double elapsed = seconds(Duration.between(wallAnchor, wallNow));
        return anchor.plusNanos(Math.round(elapsed * speed * NANOS));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    private void run() {
        Waiting next = take();
        while (next != null) {
            try {
                next.task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of the playground's clock failed", e);
            }
            next = take();
        }
    }

    private @Nullable Waiting take() {
        synchronized (lock) {
            running = false;
            lock.notifyAll();
            while (!closed) {
                Waiting head = waiting.peek();
                if (head != null && !head.due.isAfter(instant())) {
                    running = true;
                    return waiting.poll();
                }
                try {
                    lock.wait(head == null ? 0 : realMillisUntil(head.due));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            return null;
        }
    }

    /** How long to wait for {@code due}, at least 1 ms; 0 means until woken, as in {@link Object#wait(long)}. */
    private long realMillisUntil(Instant due) {
        if (speed == 0) {
            return 0;
        }
        double millis = seconds(Duration.between(instant(), due)) / speed * 1000;
        return Math.max(1, (long) Math.ceil(Math.min(millis, 60_000)));
    }

    private record Waiting(Instant due, long order, Runnable task) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byInstant = due.compareTo(other.due);
            return byInstant != 0 ? byInstant : Long.compare(order, other.order);
        }
    }

    private static final class Periodic {
        private final PlaygroundClock clock;
        private final Duration period;
        private final Runnable task;
        private final AtomicBoolean cancelled = new AtomicBoolean();

        Periodic(PlaygroundClock clock, Duration period, Runnable task) {
            if (period.isZero() || period.isNegative()) {
                throw new IllegalArgumentException("a period must be positive: " + period);
            }
            this.clock = clock;
            this.period = period;
            this.task = task;
        }

        ClockTask start() {
            next();
            return () -> cancelled.set(true);
        }

        private void next() {
            clock.at(clock.instant().plus(period), this::tick);
        }

        private void tick() {
            if (cancelled.get()) {
                return;
            }
            next();
            task.run();
        }
    }

    private static final class Zoned extends Clock {
        private final PlaygroundClock clock;
        private final ZoneId zone;

        Zoned(PlaygroundClock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Zoned(clock, other);
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Zoned zoned && zoned.clock.equals(clock) && zoned.zone.equals(zone);
        }

        @Override
        public int hashCode() {
            return Objects.hash(System.identityHashCode(clock), zone);
        }
    }
}
