package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static io.tidewatch.journal.content.JournalSamples.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.file.JournalFile;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal in trouble, at the start and in the middle: a lag is reported immediately all the same, once, and is resolved. */
@Timeout(60)
class SafeJournalTest {

    private static final long SEED = 4047;
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LOCK = Duration.ofMillis(20);
    private static final SafeJournal.Waits WAITS =
            new SafeJournal.Waits(SOON, Duration.ofSeconds(5), Duration.ofSeconds(2), LOCK, SOON);

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> wells = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> lates = new LinkedBlockingQueue<>();

    /** Runs on the journal's thread; a task that does not return is a disk that hangs. */
    private volatile Runnable beforeWriting = () -> {};

    private Path file() {
        return directory.resolve("journal.db");
    }

    private SafeJournal open() {
        return open(QuietJournal.MAX_SIZE);
    }

    private SafeJournal open(long maxSize) {
        return open(maxSize, WAITS);
    }

    private SafeJournal open(long maxSize, SafeJournal.Waits waits) {
        return SafeJournal.open(
                directory,
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of("nudged"),
                maxSize,
                new JournalListener() {
                    @Override
                    public void trouble(String summary) {
                        troubles.add(summary);
                    }

                    @Override
                    public void late(String summary) {
                        lates.add(summary);
                    }

                    @Override
                    public void well(String summary) {
                        wells.add(summary);
                        beforeWriting.run();
                    }
                },
                waits);
    }

    private String next(LinkedBlockingQueue<String> summaries) throws InterruptedException {
        String summary = summaries.poll(30, TimeUnit.SECONDS);
        assertThat(summary).as("reported within 30 s").isNotNull();
        return summary;
    }

    /** What can happen to a file, and how the file is restored where that is possible. */
    enum Trouble {
        RANDOM_BYTES,
        DAMAGED_PAGES,
        LOCKED,
        NOT_A_FILE,
        DELETED;

        AutoCloseable strike(Path file) throws Exception {
            SplittableRandom random = new SplittableRandom(SEED);
            switch (this) {
                case RANDOM_BYTES -> {
                    byte[] bytes = new byte[16_384];
                    random.nextBytes(bytes);
                    overwrite(file, bytes);
                }
                case DAMAGED_PAGES -> damage(file, random);
                case LOCKED -> {
                    Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement();
                    statement.execute("BEGIN IMMEDIATE");
                    return () -> {
                        statement.execute("ROLLBACK");
                        other.close();
                    };
                }
                case NOT_A_FILE -> {
                    Path away = file.resolveSibling("kept");
                    Files.move(file, away);
                    Files.createDirectory(file);
                    return () -> {
                        Files.delete(file);
                        Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
                    };
                }
                case DELETED -> Files.delete(file);
            }
            return () -> {};
        }

        /** In place, as a broken disk would: a process that has the file open reads the new bytes. */
        private static void overwrite(Path file, byte[] bytes) throws IOException {
            try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                damaged.write(bytes);
            }
        }

        /** Forty pages in a row, the one with the schema first. */
        private static void damage(Path file, SplittableRandom random) throws IOException {
            byte[] page = new byte[4_096];
            try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                damaged.seek(100);
                for (int i = 0; i < 80; i++) {
                    random.nextBytes(page);
                    damaged.write(page);
                }
            }
        }
    }

    private SafeJournal quiet() {
        return QuietJournal.open(directory, Clock.fixed(NIGHT, ZoneOffset.UTC), Set.of());
    }

    private void writeLines() {
        try (SafeJournal journal = quiet()) {
            journal.note(IntStream.range(0, 3_000)
                    .mapToObj(i -> line(NIGHT.minusSeconds(i), "x".repeat(100)))
                    .toList());
        }
    }

    private static List<String> due(SafeJournal journal, Instant now) {
        return journal.due(now, Set.of()).stream()
                .map(due -> due.message().id())
                .toList();
    }

    private static void lags(SafeJournal journal) {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "lags")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
    }

    private static void ends(SafeJournal journal) {
        Instant end = NIGHT.plusSeconds(60);
        List<Conversation> running = new ArrayList<>();
        journal.record(JournalSamples.ended(incident("i1", Optional.of(end))), conversations -> {
            running.addAll(conversations);
            return List.of(message("i1", "a", Moment.ENDED, end));
        });
        assertThat(running).as("conversations about the beginning").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLagIsReportedImmediatelyWhateverHappensInTheMiddle(Trouble trouble) throws Exception {
        writeLines();
        try (SafeJournal journal = open()) {
            AutoCloseable restore = trouble.strike(file());

            lags(journal);

            assertThat(journal.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(journal, NIGHT)).containsExactly("i1/OPENED/a");
            journal.acknowledged("i1/OPENED/a", NIGHT);
            assertThat(due(journal, NIGHT)).isEmpty();
            restore.close();
            ends(journal);
            assertThat(due(journal, NIGHT.plusSeconds(60))).containsExactly("i1/ENDED/a");
            assertThat(journal.openIncidents()).isEmpty();
            awaitWritten(journal);
        }
        allIsInTheFile();
    }

    @ParameterizedTest
    @EnumSource
    void aLagIsReportedImmediatelyWhateverHappensBeforeTheStart(Trouble trouble) throws Exception {
        writeLines();
        AutoCloseable restore = trouble.strike(file());
        try (SafeJournal journal = open()) {
            lags(journal);

            assertThat(due(journal, NIGHT)).containsExactly("i1/OPENED/a");
            journal.acknowledged("i1/OPENED/a", NIGHT);
            restore.close();
            ends(journal);
            assertThat(due(journal, NIGHT.plusSeconds(60))).containsExactly("i1/ENDED/a");
            awaitWritten(journal);
        }
        allIsInTheFile();
    }

    /** Waits until the file has all changes. */
    private static void awaitWritten(SafeJournal journal) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (journal.waiting() > 0 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(journal.waiting()).isZero();
    }

    private void allIsInTheFile() {
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).isEmpty();
        assertThat(rows.incidents()).extracting(Incident::id).containsExactly("i1");
        assertThat(rows.undelivered())
                .extracting(undelivered -> undelivered.message().id())
                .containsExactly("i1/ENDED/a");
        assertThat(rows.entries("available")).extracting(DiaryEntry::text).contains("lags");
    }

    @Test
    void damageIsReportedOnceAndTheNewJournalHasTheOpenIncidents() throws Exception {
        writeLines();
        try (SafeJournal journal = open()) {
            assertThat(next(wells)).isEqualTo("the journal works");
            lags(journal);
            Trouble.DAMAGED_PAGES.strike(file());
            assertThat(journal.lines("available", Instant.MIN, Instant.MAX)).isEmpty();

            assertThat(next(troubles)).contains("damaged").contains("journal.db.damaged-20261122T133000Z");
            assertThat(next(wells)).startsWith("the journal works again");
            assertThat(troubles).isEmpty();
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
        assertThat(rows.undelivered()).hasSize(1);
    }

    @Test
    void diagnosisAtAnInstantOutlivesTheProcess() {
        try (SafeJournal journal = open()) {
            journal.record(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of());
            journal.record(JournalSamples.diagnosed(State.AVAILABILITY_LAG, NIGHT.plusSeconds(60)), List.of());
        }
        try (SafeJournal journal = open()) {
            journal.record(JournalSamples.diagnosed(State.CONVERGED, NIGHT.plusSeconds(90)), List.of());

            assertThat(state(journal, NIGHT.minusNanos(1))).isEmpty();
            assertThat(state(journal, NIGHT)).contains(State.WAITING);
            assertThat(state(journal, NIGHT.plusSeconds(60).minusNanos(1))).contains(State.WAITING);
            assertThat(state(journal, NIGHT.plusSeconds(60))).contains(State.AVAILABILITY_LAG);
            assertThat(state(journal, NIGHT.plusSeconds(3_600))).contains(State.CONVERGED);
            assertThat(journal.diagnosisAt(CART, NIGHT.plusSeconds(70))
                            .orElseThrow()
                            .diagnosis())
                    .as("read back as it was written")
                    .isEqualTo(
                            JournalSamples.diagnosed(State.AVAILABILITY_LAG, NIGHT.plusSeconds(60)).diagnoses().stream()
                                    .findFirst());
            assertThat(journal.diagnosisAt(new Target("shop", "unknown"), NIGHT)
                            .orElseThrow()
                            .diagnosis())
                    .isEmpty();
        }
    }

    @Test
    void oldDiagnosesAreForgotten() {
        try (SafeJournal journal = open()) {
            journal.record(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of());
            journal.record(JournalSamples.diagnosed(State.CONVERGED, NIGHT.plusSeconds(60)), List.of());

            assertThat(journal.forget(NIGHT.plusSeconds(60))).isEqualTo(1);
            assertThat(state(journal, NIGHT)).isEmpty();
            assertThat(state(journal, NIGHT.plusSeconds(60))).contains(State.CONVERGED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"RANDOM_BYTES", "NOT_A_FILE"})
    void diagnosesAndRaisesOfABrokenJournalAreNotKnownAndHoldNobodyUp(Trouble trouble) throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            journal.record(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of());
            try (AutoCloseable restored = trouble.strike(file())) {
                assertThat(restored).isNotNull();
                next(troublesAfter(journal));

                assertThat(journal.diagnosisAt(CART, NIGHT)
                                .flatMap(PastDiagnosis.AtInstant::diagnosis)
                                .map(PastDiagnosis::state)
                                .filter(State.AVAILABILITY_LAG::equals))
                        .isEmpty();
                journal.record(JournalSamples.diagnosed(State.CONVERGED, NIGHT.plusSeconds(60)), List.of());
                assertThat(journal.raises(Map.of(CART, NIGHT)).map(Map::size).orElse(1))
                        .isEqualTo(1);
            }
        }
    }

    /** Who looks at a night must not take the journal away from those who write it. */
    @Test
    void aLookThatFailsSaysNothingOfTheJournal() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            try (AutoCloseable restored = Trouble.NOT_A_FILE.strike(file())) {
                assertThat(restored).isNotNull();
                assertThat(journal.diagnosisAt(CART, NIGHT)).isEmpty();
                assertThat(journal.story("i1", 1)).isEmpty();
                assertThat(troubles).isEmpty();
            }
            assertThat(journal.diagnosisAt(CART, NIGHT)).isPresent();
        }
    }

    private static Optional<State> state(SafeJournal journal, Instant at) {
        return journal.diagnosisAt(CART, at).orElseThrow().diagnosis().map(PastDiagnosis::state);
    }

    /** A backup that locks the file for a moment is not an incident. */
    @Test
    void aShortLockIsNotReported() throws Exception {
        try (SafeJournal journal = open()) {
            AutoCloseable lock = Trouble.LOCKED.strike(file());
            lags(journal);
            lock.close();
            awaitWritten(journal);

            assertThat(troubles).isEmpty();
        }
    }

    @Test
    void theChangesThatWaitAreBoundedAndTheDroppedLinesCounted() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            AutoCloseable lock = Trouble.NOT_A_FILE.strike(file());
            next(troublesAfter(journal));
            List<DiaryEntry> many = IntStream.range(0, 100)
                    .mapToObj(i -> line(NIGHT, "y".repeat(400)))
                    .toList();
            for (int i = 0; i < 400; i++) {
                journal.note(many);
            }
            assertThat(journal.waiting()).isLessThan(400);
            lags(journal);
            lock.close();

            assertThat(next(wells)).containsPattern("; \\d+ lines of the diary could not be kept");
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
    }

    /** A journal whose thread hangs until the latch opens, with an empty file; no caller waits long for it. */
    private SafeJournal hanging(CountDownLatch latch) throws Exception {
        return hanging(latch, QuietJournal.MAX_SIZE);
    }

    private SafeJournal hanging(CountDownLatch latch, long maxSize) throws Exception {
        SafeJournal journal = open(maxSize, new SafeJournal.Waits(SOON, Duration.ofSeconds(5), SOON, LOCK, SOON));
        next(wells);
        beforeWriting = () -> await(latch);
        Trouble.RANDOM_BYTES.strike(file());
        next(troublesAfter(journal));
        next(wells);
        lates.clear();
        return journal;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDiskThatHangsIsReportedAndSendsFromMemory() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (SafeJournal journal = hanging(latch)) {
            lags(journal);

            assertThat(next(lates)).contains(file().toString()).contains("does not answer");
            assertThat(due(journal, NIGHT)).containsExactly("i1/OPENED/a");
            assertThat(lates).as("reported once").isEmpty();
            assertThat(wells).isEmpty();

            beforeWriting = () -> {};
            latch.countDown();

            assertThat(next(wells)).startsWith("the journal works again");
            assertThat(troubles).isEmpty();
        } finally {
            latch.countDown();
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
    }

    /** No error came, but the file lacks the changes that were dropped: an incident, its end, and messages. */
    @Test
    void theChangesDroppedWhileADiskHungAreReconciledCountedAndReported() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (SafeJournal journal = hanging(latch)) {
            lags(journal);
            journal.acknowledged("i1/OPENED/a", NIGHT);
            journal.record(
                    JournalSamples.ended(incident("i1", Optional.of(NIGHT))),
                    List.of(message("i1", "a", Moment.ENDED, NIGHT)));
            journal.record(
                    JournalSamples.opened(ofTidewatch("loop")),
                    List.of(message("tidewatch:loop", "a", Moment.OPENED, NIGHT)));
            List<DiaryEntry> many = IntStream.range(0, 100)
                    .mapToObj(i -> line(NIGHT, "y".repeat(400)))
                    .toList();
            for (int i = 0; i < 400; i++) {
                journal.note(many);
            }
            assertThat(journal.waiting()).isLessThan(400);
            assertThat(troubles).isEmpty();

            beforeWriting = () -> {};
            latch.countDown();

            assertThat(next(troubles)).containsPattern("did not keep up: its oldest \\d+ lines");
            assertThat(next(wells)).containsPattern("; \\d+ lines of the diary could not be kept");
        } finally {
            latch.countDown();
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).containsOnlyKeys(Target.ofTidewatch("loop"));
        assertThat(rows.undelivered())
                .extracting(undelivered -> undelivered.message().id())
                .containsExactlyInAnyOrder("i1/ENDED/a", "tidewatch:loop/OPENED/a");
    }

    /** All lines together are more than the file may hold; a file that shrinks only when everything is written would be full. */
    @Test
    void aJournalThatCatchesUpShrinksWhileItWrites() throws Exception {
        long maxSize = 2_000_000;
        CountDownLatch latch = new CountDownLatch(1);
        try (SafeJournal journal = hanging(latch, maxSize)) {
            for (int i = 0; i < 180; i++) {
                int from = 100 * i;
                journal.note(IntStream.range(from, from + 100)
                        .mapToObj(n -> line(NIGHT.plusSeconds(n), n + " " + "z".repeat(300)))
                        .toList());
            }
            beforeWriting = () -> {};
            latch.countDown();

            awaitWritten(journal);
            assertThat(troubles).isEmpty();
        } finally {
            latch.countDown();
        }
        WrittenRows rows = WrittenRows.in(directory);
        List<DiaryEntry> left = rows.entries();
        assertThat(left.get(left.size() - 1).text()).startsWith("17999 ");
        assertThat(left).hasSizeLessThan(9_000);
    }

    private LinkedBlockingQueue<String> troublesAfter(SafeJournal journal) {
        journal.note(List.of(line(NIGHT, "once")));
        return troubles;
    }

    /** A real SQLITE_FULL: a file that may not grow, and no row in it that could be deleted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullJournalSendsFromMemory(boolean restart) throws Exception {
        SafeJournal journal = open(150_000);
        try {
            for (int i = 0; i < 2_000 && troubles.isEmpty(); i++) {
                Incident open = incident("o" + i, Optional.empty());
                journal.record(
                        JournalSamples.opened(open),
                        List.of(message("o" + i, "b", Moment.OPENED, NIGHT.plusSeconds(9))));
            }
            assertThat(next(troubles)).contains("no room is left");
            if (restart) {
                journal.close();
                journal = open(150_000);
            }

            lags(journal);

            assertThat(due(journal, NIGHT)).containsExactly("i1/OPENED/a");
        } finally {
            journal.close();
        }
    }

    @Test
    void aJournalThatGrowsDeletesItsOldestLines() {
        int lines = 5_000;
        try (SafeJournal journal = open(300_000)) {
            lags(journal);
            for (int i = 0; i < lines; i += 100) {
                int from = i;
                journal.note(IntStream.range(from, from + 100)
                        .mapToObj(n -> line(NIGHT.plusSeconds(n), n + " " + "z".repeat(300)))
                        .toList());
            }
            awaitWritten(journal);
            assertThat(troubles).isEmpty();
        }
        WrittenRows rows = WrittenRows.in(directory);
        List<DiaryEntry> left = rows.entries();
        assertThat(left).hasSizeBetween(100, lines / 2);
        assertThat(left.get(left.size() - 1).text()).startsWith(lines - 1 + " ");
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
        assertThat(rows.undelivered()).hasSize(1);
    }

    @Test
    void theContentOfTheFileIsKnownAfterTheStart() {
        try (SafeJournal journal = open()) {
            lags(journal);
            journal.failed("i1/OPENED/a", NIGHT.plusSeconds(5), "rejected");
            journal.note(List.of(new DiaryEntry(NIGHT, Optional.of(CART), "nudged", "attempt 1 of 3")));
        }
        try (SafeJournal journal = open()) {
            assertThat(journal.openIncidents()).containsOnly(Map.entry(CART, incident("i1", Optional.empty())));
            assertThat(due(journal, NIGHT)).isEmpty();
            assertThat(journal.due(NIGHT.plusSeconds(5), Set.of()))
                    .extracting(DueMessage::attempts)
                    .containsExactly(1);
            assertThat(journal.latest(Set.of("nudged"), Set.of(CART), Instant.MIN))
                    .extracting(DiaryEntry::text)
                    .containsExactly("attempt 1 of 3");
            assertThat(journal.namespaces()).containsExactly("shop");
            journal.acknowledged("i1/OPENED/a", NIGHT.plusSeconds(6));
        }
        try (SafeJournal journal = open()) {
            journal.record(
                    JournalSamples.opened(incident("i1", Optional.empty())),
                    List.of(message("i1", "a", Moment.OPENED, NIGHT)));
            assertThat(due(journal, Instant.MAX)).isEmpty();
            ends(journal);
        }
    }

    /** A change that no file takes must not keep the others from the file. */
    @Test
    void aChangeThatNoFileTakesIsSkipped() {
        try (SafeJournal journal = open()) {
            journal.note(List.of(new DiaryEntry(NIGHT, Optional.of(CART), null, "no code")));
            lags(journal);
            awaitWritten(journal);
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.openIncidents()).containsOnlyKeys(CART);
        assertThat(rows.entries()).extracting(DiaryEntry::text).containsExactly("lags");
    }

    private static Incident ofTidewatch(String key) {
        return new Incident(
                "tidewatch:" + key,
                Target.ofTidewatch(key),
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                Severity.WARNING,
                List.of(),
                NIGHT,
                Optional.empty(),
                "three passes failed");
    }

    private static Update update(String rollout) {
        return new Update(
                new Commit("shop", "c0ffee", "Dana", NIGHT, "a new image"), rollout, NIGHT, "5c", "image", false);
    }

    /** A journal that is locked at the start is read when the lock is gone; until then, "not read yet" differs from empty. */
    @Test
    void theOpenIncidentsOfAJournalThatIsLockedAtTheStartAreKnownWhenItIsRead() throws Exception {
        Target other = new Target("shop", "other");
        try (SafeJournal journal = quiet()) {
            journal.record(JournalSamples.opened(ofTidewatch("loop")), List.of());
            journal.follow(Map.of(CART, update("cart")));
        }
        AutoCloseable lock = Trouble.LOCKED.strike(file());
        LinkedBlockingQueue<String> read = new LinkedBlockingQueue<>();
        try (SafeJournal journal = open()) {
            journal.whenRead(() -> read.add("read"));
            assertThat(journal.openIncidentsOfTidewatch()).isEmpty();
            assertThat(journal.followedBefore()).isEmpty();
            journal.record(JournalSamples.opened(ofTidewatch("journal")), List.of());
            journal.follow(Map.of(other, update("other")));
            assertThat(read).isEmpty();

            lock.close();

            assertThat(next(read)).isEqualTo("read");
            assertThat(journal.openIncidentsOfTidewatch().orElseThrow())
                    .extracting(Incident::id)
                    .containsExactlyInAnyOrder("tidewatch:loop", "tidewatch:journal");
            assertThat(journal.followedBefore()).contains(Map.of(CART, update("cart")));
            journal.whenRead(() -> read.add("immediately"));
            assertThat(read).containsExactly("immediately");
            awaitWritten(journal);
            next(wells);
        }
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.followed()).containsOnlyKeys(CART, other);
    }

    private static List<AlertMessage> messagesOf(String receiver, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> message("n" + i, receiver, Moment.OPENED, NIGHT.plusSeconds(i)))
                .toList();
    }

    private List<String> linesOfDroppedMessages() {
        WrittenRows rows = WrittenRows.in(directory);
        return rows.entries(DiaryEntry.MESSAGES_GIVEN_UP).stream()
                .map(DiaryEntry::text)
                .toList();
    }

    /** The receiver with the most messages loses its oldest; another receiver, whose message is the oldest of all, loses nothing. */
    @Test
    void messagesBeyondTheLimitAreDroppedAtTheStartAndCountedInTheDiary() {
        int beyond = 7;
        try (Journal file =
                new JournalFile(directory, QuietJournal.MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen()) {
            file.write(numbered(
                    Change.Reported.of(
                            JournalSamples.opened(incident("i1", Optional.empty())),
                            List.of(message("i1", "reached", Moment.OPENED, NIGHT))),
                    new Change.Acknowledged("i1/OPENED/reached", NIGHT),
                    Change.Reported.messages(messagesOf("mail", 0, 1)),
                    Change.Reported.messages(messagesOf("chat", 0, Limits.MESSAGES_WAITING - 1 + beyond))));
        }
        try (SafeJournal journal = open()) {
            assertThat(due(journal, NIGHT)).containsExactly("n0/OPENED/mail");
            assertThat(journal.knowsMessage("n" + (beyond - 1) + "/OPENED/chat"))
                    .isFalse();
            assertThat(journal.knowsMessage("n" + beyond + "/OPENED/chat")).isTrue();
            assertThat(journal.knowsMessage("i1/OPENED/reached"))
                    .as("the first message about an open incident, which was acknowledged")
                    .isTrue();
        }
        assertThat(linesOfDroppedMessages())
                .containsExactly("7 messages that nobody took are given up, the oldest first: 7 to chat;"
                        + " at most 5000 messages, or 8 MiB of their texts, wait");
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.undelivered()).hasSize(Limits.MESSAGES_WAITING);
        assertThat(rows.knowsMessage("n0/OPENED/chat"))
                .as("not marked as acknowledged")
                .isFalse();
        open().close();
        assertThat(linesOfDroppedMessages()).as("reported once").hasSize(1);
    }

    @Test
    void messagesBeyondTheLimitAreDroppedLaterAndCountedInTheDiary() {
        try (SafeJournal journal = open()) {
            journal.record(Report.NONE, messagesOf("chat", 0, Limits.MESSAGES_WAITING));
            journal.record(Report.NONE, messagesOf("mail", 0, 1));

            assertThat(journal.knowsMessage("n0/OPENED/mail")).isTrue();
            assertThat(journal.knowsMessage("n1/OPENED/chat")).isTrue();
            awaitWritten(journal);
        }
        assertThat(linesOfDroppedMessages())
                .containsExactly("1 message that nobody took is given up, the oldest first: 1 to chat;"
                        + " at most 5000 messages, or 8 MiB of their texts, wait");
    }

    @Test
    void onlyTheDamagedFileIsSetAside() throws Exception {
        writeLines();
        Trouble.RANDOM_BYTES.strike(file());
        open().close();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("journal.db", "journal.db.damaged-20261122T133000Z");
        }
    }
}
