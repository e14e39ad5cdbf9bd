package io.tidewatch.journal.file;

import io.tidewatch.journal.database.Engine;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.database.Sharing;
import io.tidewatch.journal.table.FileUsage;
import io.tidewatch.journal.table.Statements;
import io.tidewatch.journal.table.Usage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** One SQLite file. A transaction is on the disk when it returns (WAL, {@code synchronous=FULL}). */
final class SqliteEngine implements Engine {

    /** Bytes of a page; SQLite's default. */
    private static final int PAGE_SIZE = 4_096;

    /** Bytes to which SQLite's write-ahead log is cut after its content is in the database. */
    private static final int LOG_SIZE = 4 << 20;

    private final SQLiteDataSource source;

    /**
     * @param maxSize bytes; a file of twice that size is full
     * @param busyTimeout how long each use waits for a lock of another process
     */
    SqliteEngine(Path file, long maxSize, Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        config.setMaxPageCount((int) Math.min(Integer.MAX_VALUE, 2 * maxSize / PAGE_SIZE));
        config.setJournalSizeLimit(LOG_SIZE);
        this.source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    }

    SQLiteDataSource source() {
        return source;
    }

    /** Finds a lock before Flyway does, which would log much about its consequences. */
    void checkThatUnlocked() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.commit();
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    @Override
    public Reason reasonOf(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return reasonOf(SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff));
            }
        }
        return failed instanceof FlywayException ? Reason.DAMAGED : Reason.UNAVAILABLE;
    }

    private static Reason reasonOf(SQLiteErrorCode primary) {
        return switch (primary) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Reason.DAMAGED;
            case SQLITE_BUSY, SQLITE_LOCKED -> Reason.LOCKED;
            case SQLITE_FULL -> Reason.FULL;
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> Reason.UNFIT;
            default -> Reason.UNAVAILABLE;
        };
    }

    /** The state directory is locked. */
    @Override
    public Sharing sharing(Statements statements) {
        return Sharing.ALONE;
    }

    @Override
    public Usage usage(Statements statements) {
        return new FileUsage(statements);
    }

    /** The pages in use are counted by SQLite itself. */
    @Override
    public long measuredAfter(long maxSize) {
        return 0;
    }
}
