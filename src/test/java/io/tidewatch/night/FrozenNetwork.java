package io.tidewatch.night;

import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A network that brings nothing until it thaws. What was on its way arrives then, whether its sender still waits or not. */
final class FrozenNetwork implements Weather {

    private static final long MOST_SECONDS = 180;

    private final boolean requests;
    private final CountDownLatch thawed = new CountDownLatch(1);

    private FrozenNetwork(boolean requests) {
        this.requests = requests;
    }

    static FrozenNetwork forRequests() {
        return new FrozenNetwork(true);
    }

    /** Requests arrive, and their answers do not. */
    static FrozenNetwork forAnswers() {
        return new FrozenNetwork(false);
    }

    void thaw() {
        thawed.countDown();
    }

    @Override
    public Fate before(WireRequest request) {
        if (requests) {
            awaitThaw();
        }
        return Fate.PASS;
    }

    @Override
    public Fate after(WireRequest request) {
        awaitThaw();
        return Fate.PASS;
    }

    private void awaitThaw() {
        try {
            if (!thawed.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("frozen for ever");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
