package io.tidewatch.cluster;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** At most so many requests that write, or ask what a write would do, are on their way at one time, whoever sends them. */
public final class InFlight {

    private final Semaphore places;

    public InFlight(int most) {
        this.places = new Semaphore(most, true);
    }

    /** Returns when there is a place; whoever enters leaves. */
    public void enter() {
        places.acquireUninterruptibly();
    }

    /**
     * Whether a place was found in time; whoever enters leaves.
     *
     * @param patience how long to wait for one, in nanoseconds
     */
    public boolean enterWithin(long patience) throws InterruptedException {
        return places.tryAcquire(patience, TimeUnit.NANOSECONDS);
    }

    public void leave() {
        places.release();
    }

    <T> T during(Supplier<T> request) {
        enter();
        try {
            return request.get();
        } finally {
            leave();
        }
    }
}
