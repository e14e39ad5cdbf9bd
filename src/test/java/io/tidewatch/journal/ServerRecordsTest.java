package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;

import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.server.PostgresSchemas;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import org.flywaydb.core.Flyway;

/** The records in a real PostgreSQL. */
class ServerRecordsTest extends RecordsContract {

    private final PostgresServer server = PostgresServer.shared();
    private final String instance = server.freshInstance();
    private final String older = server.freshInstance();

    @Override
    SafeJournal open() {
        return open(instance);
    }

    private SafeJournal open(String schema) {
        endClaims(schema);
        return SafeJournal.open(
                PostgresSchemas.of(server, schema, QuietJournal.MAX_SIZE),
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of(),
                Duty.LEAD,
                QuietJournal.LISTENER,
                SafeJournal.Waits.DEFAULT);
    }

    /** The process that opened the journal before has ended: its claims would end by themselves in a minute and a half. */
    private void endClaims(String schema) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            if (connection
                    .getMetaData()
                    .getTables(null, schema, "outbox_claim", null)
                    .next()) {
                statement.execute("UPDATE \"" + schema + "\".outbox_claim SET until = clock_timestamp()");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    WrittenRows rows() {
        return WrittenRows.of(server::connect, instance);
    }

    @Override
    Connection migratedTo(String version) throws Exception {
        Flyway.configure()
                .dataSource(server.url(), PostgresServer.USER, PostgresServer.PASSWORD)
                .locations("classpath:db/migration", "classpath:db/postgresql")
                .schemas(older)
                .target(version)
                .load()
                .migrate();
        Connection connection = server.connect();
        connection.setSchema(older);
        return connection;
    }

    @Override
    SafeJournal openMigrated() {
        return open(older);
    }
}
