package io.tidewatch.app;

import io.tidewatch.loop.PassListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Limits how soon a change in the cluster may request a pass: not while a pass runs or was requested by a change, and not
 * until {@link #PAUSE} after the last pass ended, so that long passes do not run back to back. It limits no other trigger. Any
 * thread may call.
 */
public final class Pace implements PassListener {

    /** From the end of a pass to the next request by a change. */
    static final Duration PAUSE = Duration.ofMillis(250);

    /** Longer than any healthy pass takes; the pass is then requested anyway. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final BooleanSupplier stopping;
    private boolean requested;
    private boolean running;
    private long free;

    /**
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     * @param stopping whether the routes are being stopped, when nothing waits any more
     */
    public Pace(LongSupplier nanoTime, BooleanSupplier stopping) {
        this.nanoTime = nanoTime;
        this.stopping = stopping;
        this.free = nanoTime.getAsLong();
    }

    /** The pass that begins serves the request of a change. */
    @Override
    public synchronized void passBegins() {
        running = true;
        requested = false;
    }

    /** The pass ended or failed. */
    @Override
    public synchronized void passEnds() {
        running = false;
        free = nanoTime.getAsLong() + PAUSE.toNanos();
        notifyAll();
    }

    /** Returns when a change may request a pass, {@link #LONGEST_WAIT} from now at the latest. */
    public synchronized void await() throws InterruptedException {
        long latest = nanoTime.getAsLong() + LONGEST_WAIT.toNanos();
        long now = nanoTime.getAsLong();
        while ((running || requested || now - free < 0) && now - latest < 0 && !stopping.getAsBoolean()) {
            TimeUnit.NANOSECONDS.timedWait(this, running || requested ? PAUSE.toNanos() : free - now);
            now = nanoTime.getAsLong();
        }
        requested = true;
    }
}
