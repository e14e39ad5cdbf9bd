package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.night.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of two megabytes that another program fills, or that becomes read-only. Needs the permission to mount. */
@Tag("full")
@Timeout(120)
class FullDiskTest {

    @TempDir
    Path parent;

    private final LinkedBlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> wells = new LinkedBlockingQueue<>();

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = parent.resolve("disk");
        SmallDisk.mount(disk, 2 << 20);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }

    private SafeJournal open() {
        return SafeJournal.open(
                disk,
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of(),
                QuietJournal.MAX_SIZE,
                new JournalListener() {
                    @Override
                    public void trouble(String summary) {
                        troubles.add(summary);
                    }

                    @Override
                    public void well(String summary) {
                        wells.add(summary);
                    }
                },
                new SafeJournal.Waits(
                        Duration.ofMillis(50),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)));
    }

    private static void lagIsReported(SafeJournal journal) {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "lags")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        assertThat(journal.due(NIGHT, Set.of()))
                .extracting(due -> due.message().id())
                .containsExactly("i1/OPENED/a");
        journal.acknowledged("i1/OPENED/a", NIGHT);
        assertThat(journal.openIncidents()).containsOnlyKeys(CART);
    }

    private static String next(LinkedBlockingQueue<String> summaries) throws InterruptedException {
        String summary = summaries.poll(60, TimeUnit.SECONDS);
        assertThat(summary).as("reported within a minute").isNotNull();
        return summary;
    }

    private void isWritten() {
        WrittenRows rows = WrittenRows.in(disk);
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
        assertThat(rows.undelivered()).isEmpty();
        assertThat(rows.entries()).extracting(DiaryEntry::text).contains("lags");
    }

    @Test
    void aLagIsReportedOnADiskThatBecomesFullInTheMiddle() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            SmallDisk.fill(disk);
            for (int i = 0; i < 200 && troubles.isEmpty(); i++) {
                journal.note(List.of(line(NIGHT, "x".repeat(400)), line(NIGHT, "y".repeat(400))));
            }
            assertThat(next(troubles)).contains("cannot be written");

            lagIsReported(journal);

            SmallDisk.free(disk);
            assertThat(next(wells)).startsWith("the journal works again");
        }
        isWritten();
    }

    @Test
    void aLagIsReportedAfterAStartOnAFullDisk() throws Exception {
        open().close();
        next(wells);
        SmallDisk.fill(disk);
        try (StateLock lock = StateLock.take(disk);
                SafeJournal journal = open()) {
            lagIsReported(journal);
            assertThat(lock).isNotNull();
            SmallDisk.free(disk);
            for (int i = 0; i < 600 && journal.waiting() > 0; i++) {
                wells.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(journal.waiting()).isZero();
        }
        isWritten();
    }

    @Test
    void aLagIsReportedOnADiskThatBecomesReadOnly() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            journal.close();
        }
        run("mount", "-o", "remount,ro", disk.toString());
        try (SafeJournal journal = open()) {
            lagIsReported(journal);
            assertThat(next(troubles)).contains("cannot be written");
            run("mount", "-o", "remount,rw", disk.toString());
            assertThat(next(wells)).startsWith("the journal works again");
        }
        isWritten();
    }
}
