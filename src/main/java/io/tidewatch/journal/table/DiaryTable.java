package io.tidewatch.journal.table;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The table of the diary's lines. */
public record DiaryTable(Statements statements) {

    public void add(List<DiaryEntry> entries) throws SQLException {
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

    public List<DiaryEntry> between(String code, Instant from, Instant to) throws SQLException {
        return statements.query(
                DiaryTable::entry,
                "SELECT * FROM diary WHERE code = ? AND at >= ? AND at < ? ORDER BY at, seq",
                code,
                from,
                to);
    }

    /**
     * The lines from {@code from}, inclusive, to {@code to}, exclusive; the newest first.
     *
     * @param of whose lines; those of everything are of no target too
     */
    public List<DiaryEntry> between(Scope of, Instant from, Instant to, int most) throws SQLException {
        return statements.query(
                DiaryTable::entry,
                "SELECT * FROM diary WHERE at >= ? AND at < ?"
                        + Statements.condition(of)
                        + " ORDER BY at DESC, seq DESC LIMIT ?",
                Statements.arguments(of, List.of(from, to), most));
    }

    /** The latest lines with these codes, at most {@code most} of each, in the order of their time. */
    List<DiaryEntry> latest(Set<String> codes, int most) throws SQLException {
        List<DiaryEntry> found = new ArrayList<>();
        for (String code : codes) {
            found.addAll(statements.query(
                    DiaryTable::entry,
                    "SELECT * FROM diary WHERE code = ? ORDER BY at DESC, seq DESC LIMIT ?",
                    code,
                    most));
        }
        found.sort(Comparator.comparing(DiaryEntry::at));
        return found;
    }

    /** The namespaces of the targets of all lines. */
    Set<String> namespaces() throws SQLException {
        return Set.copyOf(statements.query(
                row -> row.getString("namespace"), "SELECT DISTINCT namespace FROM diary WHERE namespace <> ''"));
    }

    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM diary WHERE at < ?", before);
    }

    static DiaryEntry entry(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new DiaryEntry(
                Statements.instant(row, "at"),
                Statements.optionalText(row, "namespace").map(namespace -> new Target(namespace, name)),
                row.getString("code"),
                row.getString("line"));
    }
}
