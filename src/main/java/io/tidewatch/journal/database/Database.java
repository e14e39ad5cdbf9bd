package io.tidewatch.journal.database;

import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.table.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One connection to the journal's tables, and the transactions on it. Any thread may call. */
final class Database implements AutoCloseable {

    private final Engine engine;
    private final Statements statements = new Statements(this::connected);
    private final Sharing sharing;

    /** Absent after a failure: the state of the connection is unknown then, so the next use opens a new connection. */
    private Optional<Connection> connection = Optional.empty();

    /** What is done in one transaction. */
    interface Work<T> {
        T perform() throws SQLException;
    }

    Database(Engine engine) {
        this.engine = engine;
        this.sharing = engine.sharing(statements);
    }

    /** To be used in a transaction. */
    Statements statements() {
        return statements;
    }

    /**
     * Does all of the work, or nothing of it.
     *
     * @throws JournalException where nothing was done, or the answer to the commit was lost
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
            throw new JournalException("the journal does not answer: " + e.getMessage(), e, engine.reasonOf(e));
        } catch (RuntimeException | Error e) {
            disconnect(e);
            throw e;
        }
    }

    /**
     * The same for work that writes: one process writes at a time.
     *
     * @throws JournalException where nothing was done, also because another process has taken over
     */
    <T> T write(Work<T> work) {
        return inOneTransaction(() -> {
            if (!sharing.mayWrite()) {
                throw new JournalException("another process has taken over the journal", Reason.SUPERSEDED);
            }
            return work.perform();
        });
    }

    Sharing sharing() {
        return sharing;
    }

    /** Connects now, so that a first use does not find out that it cannot. */
    synchronized void connect() throws SQLException {
        connected();
    }

    synchronized boolean isConnected() {
        return connection.isPresent();
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(engine.connect());
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
