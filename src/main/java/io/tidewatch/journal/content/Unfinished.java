package io.tidewatch.journal.content;

import io.tidewatch.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What has no end yet.
 *
 * @param incidents the severity of each open incident
 * @param oldest by receiver, when the oldest of the events happened that it has not accepted the message about
 */
public record Unfinished(List<Severity> incidents, Map<String, Instant> oldest) {

    public Unfinished {
        incidents = List.copyOf(incidents);
        oldest = Map.copyOf(oldest);
    }
}
