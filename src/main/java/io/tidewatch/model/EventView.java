package io.tidewatch.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is read of an Event. KEDA's come without count, and with eventTime instead of lastTimestamp.
 *
 * @param last the newest of its times
 */
public record EventView(
        String involvedKind,
        String namespace,
        String involvedName,
        String involvedUid,
        String type,
        String reason,
        String message,
        Optional<Instant> last) {}
