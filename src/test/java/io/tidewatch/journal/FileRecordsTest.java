package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;

import io.tidewatch.journal.table.WrittenRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;

/** The records in an SQLite file. */
class FileRecordsTest extends RecordsContract {

    @TempDir
    Path directory;

    @Override
    SafeJournal open() {
        return open(directory);
    }

    private static SafeJournal open(Path directory) {
        return QuietJournal.open(directory, Clock.fixed(NIGHT, ZoneOffset.UTC), Set.of());
    }

    @Override
    WrittenRows rows() {
        return WrittenRows.in(directory);
    }

    private Path older() {
        return directory.resolve("older");
    }

    @Override
    Connection migratedTo(String version) throws Exception {
        String url = "jdbc:sqlite:" + Files.createDirectory(older()).resolve("journal.db");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
        return DriverManager.getConnection(url);
    }

    @Override
    SafeJournal openMigrated() {
        return open(older());
    }
}
