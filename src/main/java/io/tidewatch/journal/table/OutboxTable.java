package io.tidewatch.journal.table;

import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.model.Severity;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.IncidentStory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The table of messages. A receiver gets the messages about one incident one at a time and in order, so the message about its end
 * never comes before the message about its beginning.
 */
public record OutboxTable(Statements statements) {

    /** Whether message {@code o} is the first about an open incident. */
    static final String OPENS_RUNNING_CONVERSATION =
            "(o.moment = 'OPENED' AND o.id IN (SELECT b.message FROM incident i"
                    + " JOIN outbox_incident b ON b.incident = i.id WHERE i.ended_at IS NULL))";

    /**
     * The messages beyond the latest N that wait. Of the messages that stay, each receiver in turn has its latest, so that the receiver
     * with most messages loses most.
     */
    private static final String BEYOND_LIMIT = "(SELECT id, receiver FROM (SELECT id, receiver, seq,"
            + " ROW_NUMBER() OVER (PARTITION BY receiver ORDER BY seq DESC) AS back"
            + " FROM outbox WHERE acknowledged_at IS NULL) AS waiting ORDER BY back, seq DESC LIMIT " + Long.MAX_VALUE
            + " OFFSET ?)";

    /** Adds a message, or replaces a message with the same id that was not handed out yet. */
    void put(AlertMessage message) throws SQLException {
        int written = statements.update(
                "INSERT INTO outbox (seq, id, incident, receiver, moment, severity, headline, body, at, attempts, due_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (id) DO UPDATE SET"
                        + " severity = excluded.severity, headline = excluded.headline, body = excluded.body"
                        + " WHERE outbox.handed_at IS NULL AND outbox.acknowledged_at IS NULL",
                statements.nextSeq("outbox"),
                message.id(),
                message.conversation(),
                message.receiver(),
                message.moment().name(),
                message.severity().name(),
                message.headline(),
                message.body(),
                message.at(),
                message.due());
        if (written > 0) {
            statements.update("DELETE FROM outbox_incident WHERE message = ?", message.id());
            int position = 0;
            for (String incident : message.about()) {
                statements.update(
                        "INSERT INTO outbox_incident (message, position, incident) VALUES (?, ?, ?)",
                        message.id(),
                        position++,
                        incident);
            }
        }
    }

    void handedOut(String id, Instant now) throws SQLException {
        statements.update("UPDATE outbox SET handed_at = ? WHERE id = ? AND handed_at IS NULL", now, id);
    }

    /** Messages that wait, and the first messages about open incidents, in the order in which they were added. */
    List<OutboxEntry> live() throws SQLException {
        return statements.query(
                row -> new OutboxEntry(
                        message(row),
                        row.getInt("attempts"),
                        Statements.optionalInstant(row, "handed_at"),
                        Statements.optionalInstant(row, "acknowledged_at"),
                        Statements.optionalText(row, "last_failure")),
                "SELECT o.* FROM outbox o WHERE o.acknowledged_at IS NULL OR " + OPENS_RUNNING_CONVERSATION
                        + " ORDER BY o.seq");
    }

    /**
     * Removes the oldest waiting messages until {@code most} are left, those of the receiver with the most messages first.
     *
     * @return the number of removed messages of each receiver
     */
    public Map<String, Integer> dropBeyond(int most) throws SQLException {
        Map<String, Integer> byReceiver = new TreeMap<>();
        statements
                .query(
                        row -> Map.entry(row.getString("receiver"), row.getInt("many")),
                        "SELECT receiver, COUNT(*) AS many FROM " + BEYOND_LIMIT + " AS beyond GROUP BY receiver",
                        most)
                .forEach(dropped -> byReceiver.put(dropped.getKey(), dropped.getValue()));
        if (!byReceiver.isEmpty()) {
            statements.update("DELETE FROM outbox WHERE id IN (SELECT id FROM " + BEYOND_LIMIT + " AS beyond)", most);
            statements.update("DELETE FROM outbox_incident WHERE message NOT IN (SELECT id FROM outbox)");
        }
        return byReceiver;
    }

    /** The messages about an incident, in the order in which they were added. */
    public List<IncidentStory.Told> about(String incident, int most) throws SQLException {
        return statements.query(
                row -> new IncidentStory.Told(
                        row.getString("receiver"),
                        AlertMessage.Moment.valueOf(row.getString("moment")),
                        row.getString("headline"),
                        Statements.instant(row, "at"),
                        Statements.optionalInstant(row, "handed_at"),
                        Statements.optionalInstant(row, "acknowledged_at"),
                        row.getInt("attempts"),
                        Statements.optionalText(row, "last_failure")),
                "SELECT o.* FROM outbox o JOIN outbox_incident b ON b.message = o.id WHERE b.incident = ?"
                        + " ORDER BY o.seq LIMIT ?",
                incident,
                most);
    }

    /** The ids of the messages that were acknowledged last, the oldest first. */
    List<String> lastAcknowledged(int most) throws SQLException {
        List<String> ids = new ArrayList<>(statements.query(
                row -> row.getString("id"),
                "SELECT id FROM outbox WHERE acknowledged_at IS NOT NULL ORDER BY acknowledged_at DESC LIMIT ?",
                most));
        Collections.reverse(ids);
        return ids;
    }

    /** Adds or updates this message, with the history of its delivery. */
    void put(OutboxEntry entry) throws SQLException {
        if (entry.isWaiting() || !knows(entry.message().id())) {
            put(entry.message());
        }
        statements.update(
                "UPDATE outbox SET attempts = ?, due_at = ?, handed_at = ?, acknowledged_at = ?, last_failure = ?"
                        + " WHERE id = ?",
                entry.attempts(),
                entry.message().due(),
                entry.handedOutAt().orElse(null),
                entry.acknowledgedAt().orElse(null),
                entry.lastFailure().orElse(null),
                entry.message().id());
    }

    /** Marks all waiting messages except these as acknowledged: that could not be written when it happened. */
    void acknowledgeAllExcept(Set<String> waiting, Instant now) throws SQLException {
        for (String id :
                statements.query(row -> row.getString("id"), "SELECT id FROM outbox WHERE acknowledged_at IS NULL")) {
            if (!waiting.contains(id)) {
                acknowledged(id, now);
            }
        }
    }

    void remove(String id) throws SQLException {
        statements.update("DELETE FROM outbox_incident WHERE message = ?", id);
        statements.update("DELETE FROM outbox WHERE id = ?", id);
    }

    void acknowledged(String id, Instant now) throws SQLException {
        statements.update(
                "UPDATE outbox SET acknowledged_at = ?, last_failure = NULL WHERE id = ? AND acknowledged_at IS NULL",
                now,
                id);
    }

    void failed(String id, Instant nextAttempt, String error) throws SQLException {
        statements.update(
                "UPDATE outbox SET attempts = attempts + 1, due_at = ?, last_failure = ?"
                        + " WHERE id = ? AND acknowledged_at IS NULL",
                nextAttempt,
                error,
                id);
    }

    private boolean knows(String id) throws SQLException {
        return !statements
                .query(row -> row.getLong(1), "SELECT seq FROM outbox WHERE id = ?", id)
                .isEmpty();
    }

    /** The first message about an open incident stays: the message about the end goes to the same receivers. */
    int forget(Instant before) throws SQLException {
        int forgotten = statements.update(
                "DELETE FROM outbox WHERE acknowledged_at < ? AND NOT EXISTS (SELECT 1 FROM outbox_incident t"
                        + " JOIN incident i ON i.id = t.incident WHERE t.message = outbox.id AND i.ended_at IS NULL)",
                before);
        statements.update("DELETE FROM outbox_incident WHERE message NOT IN (SELECT id FROM outbox)");
        return forgotten;
    }

    private AlertMessage message(ResultSet row) throws SQLException {
        return new AlertMessage(
                Envelope.id(row.getString("id")).of(row.getString("incident")).to(row.getString("receiver")),
                about(row.getString("id")),
                AlertMessage.Moment.valueOf(row.getString("moment")),
                Severity.valueOf(row.getString("severity")),
                Text.headline(row.getString("headline")).body(row.getString("body")),
                Times.at(Statements.instant(row, "at")).due(Statements.instant(row, "due_at")));
    }

    private List<String> about(String message) throws SQLException {
        return statements.query(
                row -> row.getString("incident"),
                "SELECT incident FROM outbox_incident WHERE message = ? ORDER BY position",
                message);
    }
}
