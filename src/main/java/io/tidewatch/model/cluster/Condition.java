package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;

/** A status condition; KEDA's have no times. */
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        Optional<Instant> lastTransition,
        Optional<Instant> lastUpdate) {

    public boolean isTrue() {
        return status.equals("True");
    }

    public boolean isFalse() {
        return status.equals("False");
    }
}
