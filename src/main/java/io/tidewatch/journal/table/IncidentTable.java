package io.tidewatch.journal.table;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of incidents. */
public record IncidentTable(Statements statements) {

    private static final String INSERT = "INSERT INTO incident (id, namespace, name, window_name, state, cause,"
            + " severity, receivers, opened_at, ended_at, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** Adds an incident. An incident that is in the table already, open or resolved, stays as it is. */
    void open(Incident incident) throws SQLException {
        insert(incident, " ON CONFLICT (id) DO NOTHING");
    }

    /** Resolves an incident, and adds it where it is not in the table. */
    void end(Incident incident) throws SQLException {
        insert(
                incident,
                " ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, summary = excluded.summary"
                        + " WHERE incident.ended_at IS NULL");
    }

    /** Open incidents, and the incidents of messages that wait or opened a conversation that is running. */
    List<Incident> live() throws SQLException {
        return statements.query(
                IncidentTable::incident,
                "SELECT * FROM incident WHERE ended_at IS NULL OR id IN (SELECT t.incident FROM outbox_incident t"
                        + " JOIN outbox o ON o.id = t.message WHERE o.acknowledged_at IS NULL OR "
                        + OutboxTable.OPENS_RUNNING_CONVERSATION + ") ORDER BY opened_at, id");
    }

    /**
     * The incidents that were open at any instant from {@code from}, inclusive, to {@code to}, exclusive; the newest first.
     *
     * @param of whose incidents
     */
    public List<Incident> between(Scope of, Instant from, Instant to, int most) throws SQLException {
        return statements.query(
                IncidentTable::incident,
                "SELECT * FROM incident WHERE opened_at < ? AND (ended_at IS NULL OR ended_at >= ?)"
                        + Statements.condition(of)
                        + " ORDER BY opened_at DESC, id LIMIT ?",
                Statements.arguments(of, List.of(to, from), most));
    }

    /** The incident of this id. */
    public Optional<Incident> find(String id) throws SQLException {
        return statements.query(IncidentTable::incident, "SELECT * FROM incident WHERE id = ?", id).stream()
                .findFirst();
    }

    /** The ids of the incidents that were resolved last, the oldest first. */
    List<String> lastResolved(int most) throws SQLException {
        List<String> ids = new ArrayList<>(statements.query(
                row -> row.getString("id"),
                "SELECT id FROM incident WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?",
                most));
        Collections.reverse(ids);
        return ids;
    }

    /** Resolves all open incidents except these: their end could not be written when it came. */
    void endAllExcept(Set<String> open, Instant now) throws SQLException {
        for (String id :
                statements.query(row -> row.getString("id"), "SELECT id FROM incident WHERE ended_at IS NULL")) {
            if (!open.contains(id)) {
                statements.update("UPDATE incident SET ended_at = ? WHERE id = ?", now, id);
            }
        }
    }

    private void insert(Incident incident, String onConflict) throws SQLException {
        statements.update(
                INSERT + onConflict,
                incident.id(),
                incident.target().namespace(),
                incident.target().name(),
                incident.window().orElse(null),
                incident.state().name(),
                incident.cause().map(Cause::name).orElse(null),
                incident.severity().name(),
                String.join("\n", incident.receivers()),
                incident.opened(),
                incident.ended().orElse(null),
                incident.summary());
    }

    /** An incident stays as long as a message about it. */
    int forget(Instant before) throws SQLException {
        return statements.update(
                "DELETE FROM incident WHERE ended_at < ? AND id NOT IN (SELECT incident FROM outbox_incident)", before);
    }

    static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getString("id"),
                new Target(row.getString("namespace"), row.getString("name")),
                Statements.optionalText(row, "window_name"),
                State.valueOf(row.getString("state")),
                Statements.optionalText(row, "cause").map(Cause::valueOf),
                Severity.valueOf(row.getString("severity")),
                row.getString("receivers").lines().toList(),
                Statements.instant(row, "opened_at"),
                Statements.optionalInstant(row, "ended_at"),
                row.getString("summary"));
    }
}
