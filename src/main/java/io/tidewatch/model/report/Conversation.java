package io.tidewatch.model.report;

import java.util.List;

/**
 * What one receiver is told in one message at its beginning and in one at its end: an incident, and those that opened soon
 * after it for the same cause.
 *
 * @param id that of the first incident
 * @param about in the order in which they opened; those that have ended are still among them
 * @param sent whether its beginning may have been read: from then on nobody joins
 */
public record Conversation(String id, String receiver, List<Incident> about, boolean sent) {

    public Conversation {
        about = List.copyOf(about);
    }
}
