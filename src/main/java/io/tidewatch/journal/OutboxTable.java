package io.tidewatch.journal;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages until a receiver took them. Of one incident, a receiver gets one message at a time and in order: the end is
 * not told to somebody who has not heard of the beginning.
 */
record OutboxTable(Statements statements) {

    private static final String FIRST_OF_ITS_CONVERSATION = " FROM outbox o WHERE o.acknowledged_at IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.incident = o.incident AND e.receiver = o.receiver"
            + " AND e.acknowledged_at IS NULL AND e.seq < o.seq)";

    void add(List<AlertMessage> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        long seq = statements.nextSeq("outbox");
        for (AlertMessage message : messages) {
            statements.update(
                    "INSERT INTO outbox (seq, id, incident, receiver, moment, severity, headline, body, at, attempts,"
                            + " due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO NOTHING",
                    seq++,
                    message.id(),
                    message.incident(),
                    message.receiver(),
                    message.moment().name(),
                    message.severity().name(),
                    message.headline(),
                    message.body(),
                    message.at(),
                    message.at());
        }
    }

    List<DueMessage> due(Instant now, int limit) throws SQLException {
        return statements.query(
                OutboxTable::due,
                "SELECT o.*" + FIRST_OF_ITS_CONVERSATION + " AND o.due_at <= ? ORDER BY o.due_at, o.seq LIMIT ?",
                now,
                limit);
    }

    Optional<Instant> nextDue() throws SQLException {
        return statements
                .query(
                        row -> Statements.optionalInstant(row, "next"),
                        "SELECT MIN(o.due_at) AS next" + FIRST_OF_ITS_CONVERSATION)
                .get(0);
    }

    void acknowledged(String id, Instant now) throws SQLException {
        statements.update(
                "UPDATE outbox SET acknowledged_at = ?, last_failure = NULL WHERE id = ? AND acknowledged_at IS NULL",
                now,
                id);
    }

    void failed(String id, Instant nextAttempt, String why) throws SQLException {
        statements.update(
                "UPDATE outbox SET attempts = attempts + 1, due_at = ?, last_failure = ?"
                        + " WHERE id = ? AND acknowledged_at IS NULL",
                nextAttempt,
                why,
                id);
    }

    boolean knows(String id) throws SQLException {
        return !statements
                .query(row -> row.getLong(1), "SELECT seq FROM outbox WHERE id = ?", id)
                .isEmpty();
    }

    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM outbox WHERE acknowledged_at < ?", before);
    }

    /** What nobody took until now. */
    List<Undelivered> undelivered() throws SQLException {
        return statements.query(
                row -> new Undelivered(due(row), Statements.optionalText(row, "last_failure")),
                "SELECT * FROM outbox WHERE acknowledged_at IS NULL ORDER BY seq");
    }

    private static DueMessage due(ResultSet row) throws SQLException {
        AlertMessage message = new AlertMessage(
                row.getString("id"),
                row.getString("incident"),
                row.getString("receiver"),
                AlertMessage.Moment.valueOf(row.getString("moment")),
                Severity.valueOf(row.getString("severity")),
                row.getString("headline"),
                row.getString("body"),
                Statements.instant(row, "at"));
        return new DueMessage(message, row.getInt("attempts"));
    }
}
