package io.tidewatch.journal.server;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static io.tidewatch.journal.content.JournalSamples.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The schema of an instance in a real PostgreSQL. */
@Timeout(120)
class ServerSchemaTest {

    private static final long MAX_SIZE = 256L << 20;

    private static ServerSchema schema(String instance) {
        return PostgresSchemas.of(PostgresServer.shared(), instance, MAX_SIZE);
    }

    private static Journal leading(ServerSchema schema) {
        Journal journal = schema.reopen();
        journal.takeOver();
        return journal;
    }

    @Test
    void whatOneProcessWroteTheNextReads() {
        String instance = PostgresServer.shared().freshInstance();
        try (ServerSchema schema = schema(instance)) {
            leading(schema)
                    .write(numbered(
                            Change.Reported.of(
                                    JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "lags")),
                                    List.of(message("i1", "a", Moment.OPENED, NIGHT))),
                            Change.Reported.of(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of())));
        }
        try (ServerSchema schema = schema(instance)) {
            Journal journal = schema.reopen();
            JournalContent content = journal.content(Set.of("available"));

            assertThat(content.incidents()).containsExactly(incident("i1", Optional.empty()));
            assertThat(content.messages())
                    .extracting(entry -> entry.message())
                    .containsExactly(message("i1", "a", Moment.OPENED, NIGHT));
            assertThat(content.lines()).extracting(DiaryEntry::text).containsExactly("lags");
            assertThat(journal.diagnosisAt(CART, NIGHT).orElseThrow().state()).isEqualTo(State.WAITING);
            assertThat(journal.entries("available", NIGHT, Instant.MAX)).hasSize(1);
            journal.takeOver();
            assertThat(journal.shrink()).isZero();
        }
    }

    @Test
    void instancesShareADatabaseAndNoRow() {
        try (ServerSchema one = schema(PostgresServer.shared().freshInstance());
                ServerSchema other = schema(PostgresServer.shared().freshInstance())) {
            leading(one)
                    .write(numbered(
                            Change.Reported.of(JournalSamples.opened(incident("i1", Optional.empty())), List.of())));
            Journal ofOther = other.reopen();

            assertThat(ofOther.content(Set.of()).incidents())
                    .extracting(Incident::id)
                    .isEmpty();
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aUserThatMayCreateNoSchemaUsesTheOneThatItOwns() throws SQLException {
        String instance = PostgresServer.shared().freshInstance();
        execute("CREATE ROLE plain LOGIN PASSWORD 'plain'", "CREATE SCHEMA \"" + instance + "\" AUTHORIZATION plain");
        try (ServerSchema schema = new ServerSchema(
                new ServerAddress(
                        PostgresServer.shared().url(),
                        instance,
                        Optional.of(() -> "plain"),
                        Optional.of(() -> "plain")),
                MAX_SIZE)) {
            leading(schema)
                    .write(numbered(
                            Change.Reported.of(JournalSamples.opened(incident("i1", Optional.empty())), List.of())));

            assertThat(schema.current().orElseThrow().content(Set.of()).incidents())
                    .hasSize(1);
        }
    }

    @Test
    void aSchemaWithTablesOfSomethingElseIsLeftAlone() throws SQLException {
        String instance = PostgresServer.shared().freshInstance();
        execute(
                "CREATE SCHEMA \"" + instance + "\"",
                "CREATE TABLE \"" + instance + "\".diary (of_another_program INTEGER)");
        try (ServerSchema schema = schema(instance)) {
            assertThatThrownBy(schema::reopen)
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                    .hasMessageContaining(instance);
        }
        execute("SELECT of_another_program FROM \"" + instance + "\".diary");
    }
}
