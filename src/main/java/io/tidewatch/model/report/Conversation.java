package io.tidewatch.model.report;

import java.util.List;

/**
 * The incidents that share messages to one receiver, one at their beginning and one at their end: an incident, and those that
 * opened soon after it for the same cause.
 *
 * @param id that of the first incident
 * @param about in the order in which they opened; those that have ended are still among them
 * @param sent whether its first message may have been sent, after which no incident joins
 */
public record Conversation(String id, String receiver, List<Incident> about, boolean sent) {

    public Conversation {
        about = List.copyOf(about);
    }
}
