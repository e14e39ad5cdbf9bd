package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * What is read of an Event. KEDA's come without count, and with eventTime instead of lastTimestamp.
 *
 * @param reporter the controller that wrote it
 * @param count how often it happened; 1 where the Event does not say
 * @param first the oldest of its times
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
        String reporter,
        int count,
        Optional<Instant> first,
        Optional<Instant> last) {

    /** Events of Tidewatch itself prove nothing about a target. */
    public boolean isOurs() {
        return reporter.equals(KubernetesEvent.REPORTER);
    }
}
