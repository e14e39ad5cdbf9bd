package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the state directory: which are kept when the journal is damaged, and who may read them. */
class StateFilesTest {

    private static final long SEED = 20261128;

    @TempDir
    Path directory;

    private final List<String> summaries = Collections.synchronizedList(new ArrayList<>());

    private Path file() {
        return directory.resolve("journal.db");
    }

    private SafeJournal openAt(Instant now) {
        return SafeJournal.open(
                directory, Clock.fixed(now, ZoneOffset.UTC), Set.of(), QuietJournal.MAX_SIZE, new JournalListener() {
                    @Override
                    public void trouble(String summary) {
                        summaries.add(summary);
                    }

                    @Override
                    public void well(String summary) {
                        summaries.add(summary);
                    }
                });
    }

    @Test
    void aFileOfRandomBytesIsSetAside() throws Exception {
        byte[] bytes = new byte[8_192];
        new SplittableRandom(SEED).nextBytes(bytes);
        Files.write(file(), bytes);

        try (SafeJournal journal = openAt(NIGHT)) {
            journal.note(List.of(line(NIGHT, "goes on")));
        }

        Path aside = directory.resolve("journal.db.damaged-20261122T133000Z");
        assertThat(aside).hasBinaryContent(bytes);
        assertThat(summaries).hasSize(2).first().asString().contains("is set aside as " + aside);
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.entries()).extracting(DiaryEntry::text).containsExactly("goes on");
    }

    @Test
    void onlyTheLatestThreeDamagedFilesAreKept() throws Exception {
        for (int day = 0; day < 5; day++) {
            Files.writeString(file(), "no database ".repeat(100));
            openAt(NIGHT.plusSeconds(86_400L * day)).close();
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
    void newFilesAreForTheirOwnerAlone() throws Exception {
        Path state = directory.resolve("state");
        try (StateLock lock = StateLock.take(state);
                SafeJournal journal = QuietJournal.open(state, Clock.fixed(NIGHT, ZoneOffset.UTC), Set.of())) {
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
