package io.tidewatch.night;

import static io.tidewatch.night.Neighbourhood.EVIL;
import static io.tidewatch.night.Neighbourhood.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole application while the PostgreSQL of its journal is away, as {@link BrokenJournalTest} with a file: every edge is carried out on
 * time, a receiver gets the message of a lag and the message about the journal, and afterwards the lag is in it.
 */
@Tag("full")
class AwayPostgresTest {

    private static final String INSTANCE = "tidewatch";

    @TempDir
    private Path folder;

    private Neighbourhood begun(PostgresServer server) {
        Neighbourhood among = new Neighbourhood(folder);
        among.setting("tidewatch.state.jdbcUrl = " + server.url());
        among.setting("tidewatch.state.username = " + PostgresServer.USER);
        among.setting("tidewatch.state.password = " + PostgresServer.PASSWORD);
        among.targets(EVIL).create("lag");
        return among;
    }

    private static void isWrittenAfterwards(Neighbourhood among, PostgresServer server) {
        WrittenRows rows = WrittenRows.of(server::connect, INSTANCE);
        among.await("the lag in the journal", () -> lags(rows) == 1);
        among.assertOnTime(GOOD, 1);
        among.stop();
        assertThat(lags(rows)).isEqualTo(1);
        assertThat(rows.undelivered())
                .extracting(message -> message.message().headline())
                .noneMatch(headline -> headline.contains("evil/lag"));
        assertThat(folder(among)).doesNotContain("journal.db");
    }

    private static String[] folder(Neighbourhood among) {
        return among.state().toFile().list();
    }

    private static long lags(WrittenRows rows) {
        try {
            return rows.incidents().stream()
                    .filter(incident -> incident.target().name().equals("lag"))
                    .count();
        } catch (IllegalStateException noSchemaYet) {
            return -1;
        }
    }

    @Test
    void aServerThatIsNotThereFromTheStart() {
        try (PostgresServer server = PostgresServer.start();
                Neighbourhood among = begun(server)) {
            server.kill();
            among.start();
            among.awaitOnTime(GOOD);
            BrokenJournalTest.commitALag(among);
            BrokenJournalTest.goesOn(among, "Connection refused");
            server.resume();
            isWrittenAfterwards(among, server);
        }
    }

    @Test
    void aServerThatHangsInTheMiddle() {
        try (PostgresServer server = PostgresServer.start();
                Neighbourhood among = begun(server)) {
            among.start();
            among.awaitOnTime(GOOD);
            BrokenJournalTest.commitALag(among);
            server.freeze();
            BrokenJournalTest.goesOn(among, "schema " + INSTANCE);
            server.thaw();
            isWrittenAfterwards(among, server);
        }
    }
}
