package io.tidewatch.journal.table;

import io.tidewatch.model.report.Conversation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The conversations with an open incident: the first message to a receiver, with its incidents. It reads the other tables. */
public record ConversationTable(Statements statements) {

    private static final String RUNNING = "SELECT o.id, o.incident, o.receiver, o.handed_at FROM outbox o"
            + " WHERE o.moment = 'OPENED' AND o.id IN (SELECT t.message FROM incident i"
            + " JOIN outbox_incident t ON t.incident = i.id WHERE i.ended_at IS NULL) ORDER BY o.seq";

    private static final String ABOUT = "SELECT i.* FROM outbox_incident t JOIN incident i ON i.id = t.incident"
            + " WHERE t.message = ? ORDER BY t.position";

    /** The first message of a conversation, before its incidents are read. */
    private record Opening(String message, String id, String receiver, boolean sent) {}

    public List<Conversation> running() throws SQLException {
        List<Conversation> running = new ArrayList<>();
        for (Opening opening : statements.query(ConversationTable::opening, RUNNING)) {
            running.add(new Conversation(
                    opening.id(),
                    opening.receiver(),
                    statements.query(IncidentTable::incident, ABOUT, opening.message()),
                    opening.sent()));
        }
        return running;
    }

    private static Opening opening(ResultSet row) throws SQLException {
        return new Opening(
                row.getString("id"),
                row.getString("incident"),
                row.getString("receiver"),
                Statements.optionalInstant(row, "handed_at").isPresent());
    }
}
