package io.tidewatch.journal.content;

import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.Incident;
import java.util.List;

/**
 * What a receiver was told of from memory alone, and which has no end yet: no file has it, so no other process can end it.
 *
 * @param opened the message that was handed out
 * @param about its incidents; those that have ended are still among them
 */
public record Told(AlertMessage opened, List<Incident> about) {

    public Told {
        about = List.copyOf(about);
    }

    /** The conversation that its end belongs to. */
    public Conversation conversation() {
        return new Conversation(opened.conversation(), opened.receiver(), about, true);
    }
}
