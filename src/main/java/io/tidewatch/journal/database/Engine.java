package io.tidewatch.journal.database;

import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.table.Statements;
import io.tidewatch.journal.table.Usage;
import java.sql.Connection;
import java.sql.SQLException;

/** All in which the databases differ that a journal may lie in. Their SQL is the same. */
public interface Engine {

    /** Opens a connection. Each wait for the database is bounded. */
    Connection connect() throws SQLException;

    /** What a failure means, as far as it decides what to do next. */
    Reason reasonOf(Throwable failed);

    /** What this process owes others that use the same tables. */
    Sharing sharing(Statements statements);

    /** Measures the room that the rows take. */
    Usage usage(Statements statements);

    /** Measuring takes time: bytes that are written before the room is measured again. */
    long measuredAfter(long maxSize);
}
