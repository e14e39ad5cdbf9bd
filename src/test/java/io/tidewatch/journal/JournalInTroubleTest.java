package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.file.Journal;
import io.tidewatch.journal.file.JournalException;
import io.tidewatch.journal.file.JournalException.Reason;
import io.tidewatch.model.report.DiaryEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself in trouble: what fails says why, and the next use works as soon as it can. */
class JournalInTroubleTest {

    private static final long SEED = 20261128;

    @TempDir
    Path directory;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private Path file() {
        return directory.resolve("journal.db");
    }

    private SafeJournal openOrBegin(Instant now) {
        return SafeJournal.open(
                directory,
                Clock.fixed(now, ZoneOffset.UTC),
                Set.of(),
                SafeJournal.DEFAULT_MAX_SIZE,
                new JournalListener() {
                    @Override
                    public void trouble(String summary) {
                        said.add(summary);
                    }

                    @Override
                    public void well(String summary) {
                        said.add(summary);
                    }
                });
    }

    private Connection other() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    @Test
    void afterALockTheNextUseWorks() throws Exception {
        try (Journal journal = Journal.open(directory);
                Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> journal.note(List.of(line(NIGHT, "while locked"))))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
            statement.execute("ROLLBACK");

            journal.note(List.of(line(NIGHT, "after it")));

            assertThat(journal.entries(Instant.MIN, Instant.MAX))
                    .extracting(DiaryEntry::text)
                    .containsExactly("after it");
        }
    }

    @Test
    void aFileOfRandomBytesIsSetAside() throws Exception {
        byte[] bytes = new byte[8_192];
        new SplittableRandom(SEED).nextBytes(bytes);
        Files.write(file(), bytes);

        try (SafeJournal journal = openOrBegin(NIGHT)) {
            journal.note(List.of(line(NIGHT, "goes on")));
        }

        Path aside = directory.resolve("journal.db.damaged-20261122T133000Z");
        assertThat(aside).hasBinaryContent(bytes);
        assertThat(said).hasSize(2).first().asString().contains("is set aside as " + aside);
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.entries(Instant.MIN, Instant.MAX))
                    .extracting(DiaryEntry::text)
                    .containsExactly("goes on");
        }
    }

    @Test
    void damagedPagesAreNamedAsDamage() throws Exception {
        try (Journal journal = Journal.open(directory)) {
            journal.note(IntStream.range(0, 5_000)
                    .mapToObj(i -> line(NIGHT.plusSeconds(i), "x".repeat(100)))
                    .toList());
        }
        damage(40);

        assertThatThrownBy(() -> {
                    try (Journal journal = Journal.open(directory)) {
                        journal.entries(Instant.MIN, Instant.MAX);
                        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of());
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

    @Test
    void onlyTheLatestThreeThatWereSetAsideAreKept() throws Exception {
        for (int day = 0; day < 5; day++) {
            Files.writeString(file(), "no database ".repeat(100));
            openOrBegin(NIGHT.plusSeconds(86_400L * day)).close();
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "journal.db",
                            "journal.db.damaged-20261124T133000Z",
                            "journal.db.damaged-20261125T133000Z",
                            "journal.db.damaged-20261126T133000Z");
        }
    }

    @Test
    void whatIsMadeIsForItsOwnerAlone() throws Exception {
        Path state = directory.resolve("state");
        try (StateLock lock = StateLock.take(state);
                Journal journal = Journal.open(state)) {
            journal.note(List.of(line(NIGHT, "a line")));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(state)) {
                assertThat(files)
                        .hasSize(4)
                        .allSatisfy(
                                path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                        .as("%s", path)
                                        .isEqualTo("rw-------"));
            }
            assertThat(lock).isNotNull();
        }
    }
}
