package io.tidewatch.alert;

import io.tidewatch.model.Backoff;
import java.time.Duration;
import java.time.Instant;

/** When a message that could not be delivered is sent again: later each time, without an end. */
public final class DeliveryBackoff {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), 2, Duration.ofMinutes(10), 0.5);

    private DeliveryBackoff() {}

    /**
     * Pauses are between half of and all of 5 s, 10 s, 20 s ... 10 min. Where in between depends on the message, so that
     * messages which failed together do not come back together.
     *
     * @param attempts how many have failed, the last one included; 1 at least
     */
    public static Instant next(String id, int attempts, Instant now) {
        return now.plus(BACKOFF.pause(attempts, 31L * id.hashCode() + attempts));
    }
}
