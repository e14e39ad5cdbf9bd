package io.tidewatch.journal.table;

import java.sql.SQLException;

/** The room that the rows take in an SQLite file. */
public record FileUsage(Statements statements) implements Usage {

    /** Bytes of the pages in use. */
    @Override
    public long bytes() throws SQLException {
        return statements
                .query(
                        row -> row.getLong(1),
                        "SELECT page_size * (page_count - freelist_count)"
                                + " FROM pragma_page_size, pragma_page_count, pragma_freelist_count")
                .get(0);
    }
}
