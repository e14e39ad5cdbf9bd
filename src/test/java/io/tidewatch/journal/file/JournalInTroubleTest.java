package io.tidewatch.journal.file;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.DiaryEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself in trouble: a use that fails says why, and the next use works as soon as it can. */
class JournalInTroubleTest {

    private static final long SEED = 20261128;

    private static final long MAX_SIZE = 256L << 20;

    @TempDir
    Path directory;

    private static void note(Journal journal, List<DiaryEntry> lines) {
        journal.write(numbered(Change.Reported.lines(lines)));
    }

    private Path file() {
        return directory.resolve("journal.db");
    }

    private Connection other() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    @Test
    void afterALockTheNextUseWorks() throws Exception {
        try (Journal journal = new JournalFile(directory, MAX_SIZE, Duration.ofMillis(20)).reopen();
                Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> note(journal, List.of(line(NIGHT, "while locked"))))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
            statement.execute("ROLLBACK");

            note(journal, List.of(line(NIGHT, "after it")));

            assertThat(WrittenRows.in(directory).entries())
                    .extracting(DiaryEntry::text)
                    .containsExactly("after it");
        }
    }

    @Test
    void damagedPagesAreNamedAsDamage() throws Exception {
        try (Journal journal = new JournalFile(directory, MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen()) {
            note(
                    journal,
                    IntStream.range(0, 5_000)
                            .mapToObj(i -> line(NIGHT.plusSeconds(i), "x".repeat(100)))
                            .toList());
        }
        damage(40);

        assertThatThrownBy(() -> {
                    try (Journal journal =
                            new JournalFile(directory, MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen()) {
                        journal.entries("available", Instant.MIN, Instant.MAX);
                        journal.write(numbered(Change.Reported.of(
                                JournalSamples.opened(incident("i1", Optional.empty())), List.of())));
                    }
                })
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }

    /** Every second page from the end, so that the header and the schema are left. */
    private void damage(int pages) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] page = new byte[4_096];
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            for (int i = 1; i <= pages; i++) {
                random.nextBytes(page);
                damaged.seek(damaged.length() - (2L * i - 1) * page.length);
                damaged.write(page);
            }
        }
    }
}
