package io.tidewatch.app;

import io.tidewatch.loop.PassListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How soon a change in the cluster may ask for a pass: not while one runs or was asked for by a change, and not until
 * {@link #PAUSE} after the last one ended, so that passes that take long do not run back to back. Every other trigger passes it by.
 * Any thread may call.
 */
public final class Pace implements PassListener {

    /** From the end of a pass to the next that a change asks for. */
    static final Duration PAUSE = Duration.ofMillis(250);

    /** Longer than any pass in order takes; then the look is asked for all the same. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final BooleanSupplier stopping;
    private boolean asked;
    private boolean running;
    private long free;

    /**
     * @param nanoTime goes on evenly, as {@link System#nanoTime}
     * @param stopping whether the routes are being stopped: nobody waits then
     */
    public Pace(LongSupplier nanoTime, BooleanSupplier stopping) {
        this.nanoTime = nanoTime;
        this.stopping = stopping;
        this.free = nanoTime.getAsLong();
    }

    /** A pass begins; what a change had asked for is done by it. */
    @Override
    public synchronized void passBegins() {
        running = true;
        asked = false;
    }

    /** It ended, well or not. */
    @Override
    public synchronized void passEnds() {
        running = false;
        free = nanoTime.getAsLong() + PAUSE.toNanos();
        notifyAll();
    }

    /** Returns when a change may ask for a pass, {@link #LONGEST_WAIT} from now at the latest. */
    public synchronized void await() throws InterruptedException {
        long latest = nanoTime.getAsLong() + LONGEST_WAIT.toNanos();
        long now = nanoTime.getAsLong();
        while ((running || asked || now - free < 0) && now - latest < 0 && !stopping.getAsBoolean()) {
            TimeUnit.NANOSECONDS.timedWait(this, running || asked ? PAUSE.toNanos() : free - now);
            now = nanoTime.getAsLong();
        }
        asked = true;
    }
}
