package io.tidewatch.alert;

import io.tidewatch.model.Backoff;
import java.time.Duration;
import java.time.Instant;

/** When to retry a message that could not be delivered: after growing pauses, without end. */
public final class DeliveryBackoff {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), 2, Duration.ofMinutes(10), 0.5);

    private DeliveryBackoff() {}

    /**
     * Pauses are between half and all of 5 s, 10 s, 20 s ... 10 min. The exact pause depends on the message, so that messages
     * that failed together are not retried together.
     *
     * @param attempts how many attempts have failed, the last included; at least 1
     */
    public static Instant next(String id, int attempts, Instant now) {
        return now.plus(BACKOFF.pause(attempts, 31L * id.hashCode() + attempts));
    }
}
