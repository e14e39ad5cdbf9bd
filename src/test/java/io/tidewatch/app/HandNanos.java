package io.tidewatch.app;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that never leaps, moved by hand. */
public final class HandNanos implements LongSupplier {

    /** It may overflow, as the real one may. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofHours(1).toNanos());

    @Override
    public long getAsLong() {
        return now.get();
    }

    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
