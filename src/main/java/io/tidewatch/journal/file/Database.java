package io.tidewatch.journal.file;

import io.tidewatch.journal.table.Statements;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file with its connection, and the transactions on it. A transaction is on the disk when it returns (WAL, {@code
 * synchronous=FULL}). Any thread may call; another process may read at the same time.
 */
final class Database implements AutoCloseable {

    static final String FILE = "journal.db";

    /** Bytes of a page; SQLite's default. */
    private static final int PAGE_SIZE = 4_096;

    /** Bytes to which SQLite's write-ahead log is cut after its content is in the database. */
    private static final int LOG_SIZE = 4 << 20;

    private final SQLiteDataSource source;
    private final Statements statements = new Statements(this::connected);

    /** Absent after a failure: the state of the connection is unknown then, so the next use opens a new connection. */
    private Optional<Connection> connection;

    /** What is done in one transaction. */
    interface Work<T> {
        T perform() throws SQLException;
    }

    private Database(SQLiteDataSource source) throws SQLException {
        this.source = source;
        this.connection = Optional.of(source.getConnection());
    }

    /**
     * Opens the file in this directory. It creates the directory and the file where they do not exist, and migrates an older file.
     *
     * @param maxSize bytes; a file of twice that size is full
     * @param busyTimeout how long each use waits for a lock of another process
     * @throws JournalException where the file cannot be written, is no journal, or was written by a newer program
     */
    static Database open(Path directory, long maxSize, Duration busyTimeout) {
        Path file = directory.resolve(FILE);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.file(file);
            SQLiteDataSource source = source(file, maxSize, busyTimeout);
            checkThatUnlocked(source);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(source);
        } catch (IOException | SQLException | FlywayException e) {
            throw new JournalException(
                    file + " cannot be opened: " + JournalException.rootOf(e).getMessage(), e);
        }
    }

    /** Finds a lock before Flyway does, which would log much about its consequences. */
    private static void checkThatUnlocked(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.commit();
        }
    }

    private static SQLiteDataSource source(Path file, long maxSize, Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        config.setMaxPageCount((int) Math.min(Integer.MAX_VALUE, 2 * maxSize / PAGE_SIZE));
        config.setJournalSizeLimit(LOG_SIZE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /** To be used in a transaction. */
    Statements statements() {
        return statements;
    }

    /**
     * Does all of the work, or nothing of it.
     *
     * @throws JournalException where nothing was done
     */
    synchronized <T> T inOneTransaction(Work<T> work) {
        try {
            connected().setAutoCommit(false);
            T result = work.perform();
            connected().commit();
            connected().setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            disconnect(e);
            throw new JournalException("the journal does not answer: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            disconnect(e);
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(source.getConnection());
        }
        return connection.get();
    }

    /** Closing the connection rolls back what was begun, whatever state the connection is in. */
    private void disconnect(Throwable reason) {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        } finally {
            connection = Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            throw new JournalException("the journal cannot be closed: " + e.getMessage(), e);
        } finally {
            connection = Optional.empty();
        }
    }
}
