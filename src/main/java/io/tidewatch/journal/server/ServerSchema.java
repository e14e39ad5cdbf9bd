package io.tidewatch.journal.server;

import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.database.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's schema in a PostgreSQL, opened again, and migrated again, after each failure: the server may be another one by then,
 * with an older copy. Not safe for use by several threads.
 */
public final class ServerSchema implements Storage {

    private static final Logger log = LoggerFactory.getLogger(ServerSchema.class);

    private final ServerAddress address;
    private final long maxSize;
    private final PostgresEngine engine;
    private @Nullable Journal open;

    /** @param maxSize bytes to which {@link Journal#shrink} limits the rows */
    public ServerSchema(ServerAddress address, long maxSize) {
        this.address = address;
        this.maxSize = maxSize;
        this.engine = new PostgresEngine(address);
    }

    @Override
    public String place() {
        return address.toString();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long maxSize() {
        return maxSize;
    }

    @Override
    public Optional<Journal> current() {
        return Optional.ofNullable(open).filter(Journal::isConnected);
    }

    @Override
    public Journal reopen() {
        close();
        try {
            checkThatThere();
            migrate();
            Journal journal = Journal.open(engine, maxSize);
            open = journal;
            return journal;
        } catch (SQLException | FlywayException e) {
            throw new JournalException(
                    address + " cannot be opened: " + JournalException.rootOf(e).getMessage(), e, engine.reasonOf(e));
        }
    }

    /** Finds a server that is away before Flyway does, which would log much about it. */
    private void checkThatThere() throws SQLException {
        try (Connection connection = engine.connect()) {
            connection.setReadOnly(true);
        }
    }

    /** A schema that a later version has migrated is used as it is: its migrations only add. */
    private void migrate() {
        Flyway.configure()
                .dataSource(engine.source())
                .initSql(PostgresEngine.BOUNDS)
                .locations("classpath:db/migration", "classpath:db/postgresql")
                .schemas(address.schema())
                .defaultSchema(address.schema())
                .ignoreMigrationPatterns("*:future")
                .load()
                .migrate();
    }

    /** The files are the server's. */
    @Override
    public Optional<String> setAside(Instant now) {
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (JournalException e) {
            log.debug("The journal could not be closed", e);
        } finally {
            open = null;
        }
    }
}
