package io.tidewatch.cluster;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Limits how many writes and dry runs are in flight at the same time. */
public final class InFlight {

    private final Semaphore places;

    public InFlight(int most) {
        this.places = new Semaphore(most, true);
    }

    /** Returns when there is a place. The caller must {@link #leave}. */
    public void enter() {
        places.acquireUninterruptibly();
    }

    /**
     * Whether there was a place in time. If so, the caller must {@link #leave}.
     *
     * @param timeout in nanoseconds
     */
    public boolean enterWithin(long timeout) throws InterruptedException {
        return places.tryAcquire(timeout, TimeUnit.NANOSECONDS);
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
