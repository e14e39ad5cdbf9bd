package io.tidewatch.journal.table;

import java.sql.SQLException;
import java.util.List;

/**
 * The room that the rows take in a PostgreSQL schema. Its files do not become smaller when rows are deleted, so the rows themselves are
 * measured: all rows of a small table, the rows of some pages of a large one.
 */
public record SampledUsage(Statements statements) implements Usage {

    private static final List<String> TABLES =
            List.of("diary", "incident", "outbox", "outbox_incident", "step", "diagnosis", "followed_update");

    /** Bytes of a table that are read at most. */
    private static final long SAMPLE = 16L << 20;

    /** Bytes that PostgreSQL keeps beside each row: its header and its pointer. */
    private static final int HEADER = 28;

    @Override
    public long bytes() throws SQLException {
        long bytes = 0;
        for (String table : TABLES) {
            bytes += bytes(table);
        }
        return bytes;
    }

    private long bytes(String table) throws SQLException {
        long file = statements
                .query(row -> row.getLong(1), "SELECT pg_relation_size('" + table + "')")
                .get(0);
        double share = file <= SAMPLE ? 1 : (double) SAMPLE / file;
        long sampled = statements
                .query(
                        row -> row.getLong(1),
                        "SELECT COALESCE(SUM(pg_column_size(t.*) + " + HEADER + "), 0) FROM " + table
                                + " AS t TABLESAMPLE SYSTEM (?)",
                        100 * share)
                .get(0);
        return (long) (sampled / share);
    }
}
