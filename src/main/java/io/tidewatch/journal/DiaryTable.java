package io.tidewatch.journal;

import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The lines of the nights. */
record DiaryTable(Statements statements) {

    void add(List<DiaryEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        long seq = statements.nextSeq("diary");
        for (DiaryEntry entry : entries) {
            statements.update(
                    "INSERT INTO diary (seq, at, namespace, name, code, line) VALUES (?, ?, ?, ?, ?, ?)",
                    seq++,
                    entry.at(),
                    entry.target().map(Target::namespace).orElse(null),
                    entry.target().map(Target::name).orElse(null),
                    entry.code(),
                    entry.text());
        }
    }

    List<DiaryEntry> between(Instant from, Instant to) throws SQLException {
        return statements.query(
                DiaryTable::entry, "SELECT * FROM diary WHERE at >= ? AND at < ? ORDER BY at, seq", from, to);
    }

    List<DiaryEntry> between(String code, Instant from, Instant to) throws SQLException {
        return statements.query(
                DiaryTable::entry,
                "SELECT * FROM diary WHERE code = ? AND at >= ? AND at < ? ORDER BY at, seq",
                code,
                from,
                to);
    }

    /** Those of the targets that lines tell of. */
    Set<String> namespaces() throws SQLException {
        return Set.copyOf(statements.query(
                row -> row.getString("namespace"), "SELECT DISTINCT namespace FROM diary WHERE namespace IS NOT NULL"));
    }

    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM diary WHERE at < ?", before);
    }

    private static DiaryEntry entry(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new DiaryEntry(
                Statements.instant(row, "at"),
                Statements.optionalText(row, "namespace").map(namespace -> new Target(namespace, name)),
                row.getString("code"),
                row.getString("line"));
    }
}
