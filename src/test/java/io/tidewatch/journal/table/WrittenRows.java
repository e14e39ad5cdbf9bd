package io.tidewatch.journal.table;

import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a journal's file, read by a connection of its own: what is on the disk, whatever memory knows. */
public final class WrittenRows {

    private final Connecting connecting;

    private WrittenRows(Connecting connecting) {
        this.connecting = connecting;
    }

    /** Opens a connection to the database of the rows. */
    public interface Connecting {
        Connection connect() throws SQLException;
    }

    /** The rows of the journal in a state directory. */
    public static WrittenRows in(Path directory) {
        return new WrittenRows(() -> DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db")));
    }

    /** The rows of the journal in a schema. */
    public static WrittenRows of(Connecting connecting, String schema) {
        return new WrittenRows(() -> {
            Connection connection = connecting.connect();
            connection.setSchema(schema);
            return connection;
        });
    }

    private interface Reader<T> {
        T read(Statements statements) throws SQLException;
    }

    private <T> T read(Reader<T> reader) {
        try (Connection connection = connecting.connect()) {
            return reader.read(new Statements(() -> connection));
        } catch (SQLException e) {
            throw new IllegalStateException("the rows cannot be read", e);
        }
    }

    /** Changes rows behind the back of the journal. */
    public int execute(String sql) {
        return read(rows -> rows.update(sql));
    }

    public List<Incident> incidents() {
        return read(rows -> rows.query(IncidentTable::incident, "SELECT * FROM incident ORDER BY opened_at, id"));
    }

    public Map<Target, Incident> openIncidents() {
        Map<Target, Incident> open = new TreeMap<>();
        incidents().stream()
                .filter(incident -> incident.ended().isEmpty())
                .forEach(incident -> open.put(incident.target(), incident));
        return open;
    }

    /** The lines of the diary, in the order of their time. */
    public List<DiaryEntry> entries() {
        return read(rows -> rows.query(DiaryTable::entry, "SELECT * FROM diary ORDER BY at, seq"));
    }

    /** The lines of the diary from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<DiaryEntry> entries(Instant from, Instant to) {
        return entries().stream()
                .filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to))
                .toList();
    }

    public List<DiaryEntry> entries(String code) {
        return entries().stream().filter(entry -> entry.code().equals(code)).toList();
    }

    /** The messages that no receiver has accepted. */
    public List<OutboxEntry> undelivered() {
        return read(rows -> new OutboxTable(rows).live()).stream()
                .filter(OutboxEntry::isWaiting)
                .toList();
    }

    /**
     * A message, sent or not.
     *
     * @param moment the name of its {@link io.tidewatch.model.report.AlertMessage.Moment}
     * @param about the ids of its incidents
     */
    public record Message(String id, String moment, String headline, String body, List<String> about) {}

    /** All messages, in the order in which they were added. */
    public List<Message> messages() {
        return read(rows -> rows.query(
                row -> new Message(
                        row.getString("id"),
                        row.getString("moment"),
                        row.getString("headline"),
                        row.getString("body"),
                        rows.query(
                                about -> about.getString("incident"),
                                "SELECT incident FROM outbox_incident WHERE message = ? ORDER BY position",
                                row.getString("id"))),
                "SELECT * FROM outbox ORDER BY seq"));
    }

    public boolean knowsMessage(String id) {
        return !read(rows -> rows.query(row -> row.getLong(1), "SELECT seq FROM outbox WHERE id = ?", id))
                .isEmpty();
    }

    public Map<Target, Update> followed() {
        return read(rows -> new UpdateTable(rows).all());
    }
}
