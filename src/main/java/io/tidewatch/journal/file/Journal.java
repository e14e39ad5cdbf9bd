package io.tidewatch.journal.file;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.DroppedMessages;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.Records;
import io.tidewatch.journal.content.Undelivered;
import io.tidewatch.journal.table.Tables;
import io.tidewatch.journal.table.Usage;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Report;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The records in one SQLite file. Each method is one transaction, which is on the disk when the method returns: when the process is
 * killed, a call was recorded as a whole or not at all. Each method throws a {@link JournalException} where the file cannot be
 * used. Any thread may call; another process may read at the same time.
 */
public final class Journal implements Records, AutoCloseable {

    /** The default of the size limit in bytes; a night of a thousand targets needs about 1 MiB. */
    public static final long DEFAULT_MAX_SIZE = 256L << 20;

    /** How long each use waits for a lock of another process. */
    public static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(1);

    private final Database database;
    private final Tables tables;
    private final SizeLimit sizeLimit;

    /** A change of the tables without a result. */
    private interface Write {
        void perform() throws SQLException;
    }

    private Journal(Database database, long maxSize) {
        this.database = database;
        this.tables = Tables.of(database.statements());
        this.sizeLimit = new SizeLimit(database, tables, new Usage(database.statements()), maxSize);
    }

    /**
     * Opens the journal in this directory, with the default limits. It creates the directory and the file where they do not exist,
     * and migrates an older file.
     *
     * @throws JournalException where the file cannot be written, is no journal, or was written by a newer program
     */
    public static Journal open(Path directory) {
        return open(directory, DEFAULT_MAX_SIZE, DEFAULT_BUSY_TIMEOUT);
    }

    /**
     * Opens the journal in this directory.
     *
     * @param maxSize the limit of {@link #shrink} in bytes; a file of twice that size is full
     * @param busyTimeout how long each use waits for a lock of another process
     */
    static Journal open(Path directory, long maxSize, Duration busyTimeout) {
        return new Journal(Database.open(directory, maxSize, busyTimeout), maxSize);
    }

    // ---- as each implementation of Records

    @Override
    public void record(Report report, List<AlertMessage> messages) {
        Change.Reported reported = Change.Reported.of(report, messages);
        if (!reported.isEmpty()) {
            write(List.of(reported));
        }
    }

    @Override
    public void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages) {
        boolean changes = !report.opened().isEmpty() || !report.ended().isEmpty();
        write(() -> Change.Reported.of(
                        report, messages.apply(changes ? tables.conversations().running() : List.of()))
                .recordIn(tables));
    }

    @Override
    public void note(List<DiaryEntry> entries) {
        if (!entries.isEmpty()) {
            write(List.of(Change.Reported.lines(entries)));
        }
    }

    @Override
    public List<DueMessage> due(Instant now, Set<String> busy) {
        return read(() -> tables.outbox().handOut(now, busy));
    }

    @Override
    public Optional<Instant> nextDue(Set<String> busy) {
        return read(() -> tables.outbox().nextDue(busy));
    }

    @Override
    public void acknowledged(String id, Instant now) {
        write(List.of(new Change.Acknowledged(id, now)));
    }

    @Override
    public void failed(String id, Instant nextAttempt, String error) {
        write(List.of(new Change.Failed(id, nextAttempt, error)));
    }

    @Override
    public boolean knowsMessage(String id) {
        return read(() -> tables.outbox().knows(id));
    }

    @Override
    public Map<Target, Incident> openIncidents() {
        return read(() -> tables.incidents().open());
    }

    @Override
    public Optional<List<DiaryEntry>> lines(String code, Instant from, Instant to) {
        return Optional.of(entries(code, from, to));
    }

    /** Does nothing: the file keeps messages for receivers that do not exist. */
    @Override
    public Set<String> readdress(Set<String> exist, List<String> instead) {
        return Set.of();
    }

    @Override
    public List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from) {
        return read(() -> tables.diary().latest(codes, targets, from, Limits.LINES_OF_TARGET));
    }

    @Override
    public void follow(Map<Target, Update> followed) {
        write(List.of(new Change.Followed(followed)));
    }

    @Override
    public List<Step> latestSteps(int most) {
        return read(() -> tables.steps().latest(most));
    }

    @Override
    public int forget(Instant before) {
        return read(() -> tables.forget(before));
    }

    // ---- the history, which only the file has

    /** The conversations with an open incident. */
    public List<Conversation> conversations() {
        return read(() -> tables.conversations().running());
    }

    /** The messages that no receiver has accepted. */
    public List<Undelivered> undelivered() {
        return read(() -> tables.outbox().undelivered());
    }

    /** The incidents that were open at some time from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<Incident> incidents(Instant from, Instant to) {
        return read(() -> tables.incidents().between(from, to));
    }

    /** The lines of the diary from {@code from}, inclusive, to {@code to}, exclusive, in the order of their time. */
    public List<DiaryEntry> entries(Instant from, Instant to) {
        return read(() -> tables.diary().between(from, to));
    }

    /** The lines of the diary with this code from {@code from}, inclusive, to {@code to}, exclusive, in the order of their time. */
    public List<DiaryEntry> entries(String code, Instant from, Instant to) {
        return read(() -> tables.diary().between(code, from, to));
    }

    /** The updates of Rollouts that are followed. */
    public SortedMap<Target, Update> followed() {
        return read(() -> tables.updates().all());
    }

    // ---- for the thread that brings the file up to date with memory

    /** The content that is needed in memory, with the lines of these codes. */
    public JournalContent content(Set<String> codes) {
        return read(() -> tables.content(codes));
    }

    /** Writes these changes in one transaction, in their order. */
    public void write(List<Change> changes) {
        write(() -> {
            for (Change change : changes) {
                change.recordIn(tables);
            }
        });
    }

    /** Makes the file agree with memory. */
    public void reconcile(JournalContent known, Instant now) {
        write(() -> tables.reconcile(known, now));
    }

    /**
     * Drops the oldest waiting messages until {@code most} are left, those of the receiver with the most messages first, and adds
     * a line with their number to the diary; both in one transaction.
     *
     * @return the line of the diary, where messages were dropped
     */
    public Optional<DiaryEntry> dropMessagesBeyond(int most, Instant now) {
        return read(() -> {
            Map<String, Integer> byReceiver = tables.outbox().dropBeyond(most);
            if (byReceiver.isEmpty()) {
                return Optional.empty();
            }
            DiaryEntry line = DroppedMessages.of(now, byReceiver);
            tables.diary().add(List.of(line));
            return Optional.of(line);
        });
    }

    /**
     * Deletes the oldest rows that are not needed any more, if the file is larger than its limit.
     *
     * @return the number of deleted lines, steps, incidents and messages
     */
    public int shrink() {
        return sizeLimit.enforce();
    }

    /** The number of rows that were read so far. */
    long rowsRead() {
        return database.statements().rowsRead();
    }

    @Override
    public void close() {
        database.close();
    }

    private <T> T read(Database.Work<T> work) {
        return database.inOneTransaction(work);
    }

    private void write(Write work) {
        database.inOneTransaction(() -> {
            work.perform();
            return true;
        });
    }
}
