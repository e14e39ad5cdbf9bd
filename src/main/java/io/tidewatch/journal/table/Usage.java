package io.tidewatch.journal.table;

import java.sql.SQLException;

/** How much room the rows take. */
@FunctionalInterface
public interface Usage {

    /** Bytes, about. */
    long bytes() throws SQLException;
}
