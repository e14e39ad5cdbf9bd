package io.tidewatch.journal;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The records in one SQLite file. Each method is one transaction, which is on the disk when the method returns (WAL, {@code
 * synchronous=FULL}): when the process is killed, a call was recorded as a whole or not at all. Any thread may call; another
 * process may read at the same time.
 */
public final class Journal implements Records, AutoCloseable {

    static final String FILE = "journal.db";

    /** The default of the size limit in bytes; a night of a thousand targets needs about 1 MiB. */
    public static final long DEFAULT_MAX_SIZE = 256L << 20;

    /** The first bytes of each SQLite database. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of a page; SQLite's default. */
    private static final int PAGE_SIZE = 4_096;

    /** Bytes to which SQLite's write-ahead log is cut after its content is in the database. */
    private static final int LOG_SIZE = 4 << 20;

    /** How long a lock of another process is waited for, in milliseconds. */
    private static final int BUSY_MILLIS = 1_000;

    private final Connecting connecting;
    private final Tables tables;
    private final Statements statements;

    /** Absent after a failure: the state of the connection is unknown then, so the next use opens a new one. */
    private Optional<Connection> connection;

    /** Makes a connection to the file. */
    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private Journal(Connecting connecting) throws SQLException {
        this.statements = new Statements(this::connected);
        this.connecting = connecting;
        this.connection = Optional.of(connecting.connect());
        this.tables = Tables.over(statements);
    }

    /**
     * Opens the journal in this directory. It creates the directory and the file where they do not exist, and migrates an older
     * file.
     *
     * @throws JournalException where the file cannot be written, is no journal, or was written by a newer program
     */
    public static Journal open(Path directory) {
        return open(directory, DEFAULT_MAX_SIZE);
    }

    /** @param maxSize the limit of {@link #shrink} in bytes; a file of twice that size is full */
    static Journal open(Path directory, long maxSize) {
        Path file = directory.resolve(FILE);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.file(file);
            SQLiteDataSource source = source(file, maxSize);
            mustBeOurs(source);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Journal(source::getConnection);
        } catch (IOException | SQLException | FlywayException e) {
            throw new JournalException(
                    file + " cannot be opened: " + JournalException.rootOf(e).getMessage(), e);
        }
    }

    /** Finds a lock before Flyway does, which would log much about its consequences. */
    private static void mustBeOurs(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.commit();
        }
    }

    /**
     * Checks that the file still begins like a database; SQLite itself would go on with what it has in memory. A file that is
     * missing or empty is not damaged.
     *
     * @throws JournalException where the file is damaged
     */
    static void checkHeader(Path file) {
        byte[] begin = new byte[HEADER.length];
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.readNBytes(begin, 0, begin.length);
            if (read > 0 && !Arrays.equals(begin, HEADER)) {
                throw JournalException.damaged(file + " was overwritten: it is not an SQLite database any more");
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw new JournalException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static SQLiteDataSource source(Path file, long maxSize) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setMaxPageCount((int) Math.min(Integer.MAX_VALUE, 2 * maxSize / PAGE_SIZE));
        config.setJournalSizeLimit(LOG_SIZE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public void record(Report report, List<AlertMessage> messages) {
        if (!messages.isEmpty() || !isSilent(report)) {
            record(report, running -> messages);
        }
    }

    @Override
    public void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages) {
        boolean changes = !report.opened().isEmpty() || !report.ended().isEmpty();
        inOneTransaction(() -> {
            List<AlertMessage> words =
                    messages.apply(changes ? tables.conversations().running() : List.of());
            new Change.Reported(report.diary(), report.opened(), report.ended(), report.steps(), words).write(tables);
            return true;
        });
    }

    private static boolean isSilent(Report report) {
        return report.diary().isEmpty()
                && report.steps().isEmpty()
                && report.opened().isEmpty()
                && report.ended().isEmpty();
    }

    @Override
    public void note(List<DiaryEntry> entries) {
        record(
                new Report(
                        Instant.EPOCH,
                        entries,
                        List.of(),
                        List.of(),
                        List.of(),
                        Report.NONE.ledger(),
                        Optional.empty()),
                List.of());
    }

    @Override
    public List<DueMessage> due(Instant now, Set<String> busy) {
        return inOneTransaction(() -> tables.outbox().handOut(now, busy));
    }

    @Override
    public Optional<Instant> nextDue(Set<String> busy) {
        return inOneTransaction(() -> tables.outbox().nextDue(busy));
    }

    @Override
    public void acknowledged(String id, Instant now) {
        inOneTransaction(() -> {
            tables.outbox().acknowledged(id, now);
            return true;
        });
    }

    @Override
    public void failed(String id, Instant nextAttempt, String error) {
        inOneTransaction(() -> {
            tables.outbox().failed(id, nextAttempt, error);
            return true;
        });
    }

    /** The conversations with an open incident. */
    public List<Conversation> conversations() {
        return inOneTransaction(() -> tables.conversations().running());
    }

    @Override
    public boolean knowsMessage(String id) {
        return inOneTransaction(() -> tables.outbox().knows(id));
    }

    public List<Undelivered> undelivered() {
        return inOneTransaction(() -> tables.outbox().undelivered());
    }

    @Override
    public Map<Target, Incident> openIncidents() {
        return inOneTransaction(() -> tables.incidents().open());
    }

    /** The incidents that were open at some time from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<Incident> incidents(Instant from, Instant to) {
        return inOneTransaction(() -> tables.incidents().between(from, to));
    }

    /** The lines of the diary, in the order of their time. */
    public List<DiaryEntry> entries(Instant from, Instant to) {
        return inOneTransaction(() -> tables.diary().between(from, to));
    }

    public List<DiaryEntry> entries(String code, Instant from, Instant to) {
        return inOneTransaction(() -> tables.diary().between(code, from, to));
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
    public void follow(Map<Target, Update> followed) {
        inOneTransaction(() -> {
            tables.updates().keep(followed);
            return true;
        });
    }

    public SortedMap<Target, Update> followed() {
        return inOneTransaction(() -> tables.updates().all());
    }

    @Override
    public List<Step> latestSteps(int most) {
        return inOneTransaction(() -> tables.steps().latest(most));
    }

    /** The namespaces of all targets in the diary. */
    public Set<String> namespaces() {
        return inOneTransaction(() -> tables.diary().namespaces());
    }

    @Override
    public int forget(Instant before) {
        return inOneTransaction(() -> tables.diary().forget(before)
                + tables.steps().forget(before)
                + tables.outbox().forget(before)
                + tables.incidents().forget(before));
    }

    @Override
    public List<DiaryEntry> latest(Set<String> codes, Set<Target> targets, Instant from) {
        return inOneTransaction(() -> tables.diary().latest(codes, targets, from, Limits.LINES_OF_TARGET));
    }

    /**
     * Writes these changes in one transaction, in their order.
     *
     * @throws JournalException where nothing was written
     */
    void write(List<Change> changes) {
        inOneTransaction(() -> {
            for (Change change : changes) {
                change.write(tables);
            }
            return true;
        });
    }

    /**
     * Drops the oldest waiting messages until {@code most} are left, those of the receiver with the most messages first, and adds
     * a line with their number to the diary; both in one transaction.
     *
     * @return the line of the diary, where messages were dropped
     */
    Optional<DiaryEntry> giveUpTooMany(int most, Instant now) {
        return inOneTransaction(() -> {
            Map<String, Integer> byReceiver = tables.outbox().giveUpTooMany(most);
            if (byReceiver.isEmpty()) {
                return Optional.empty();
            }
            DiaryEntry line = DroppedMessages.of(now, byReceiver);
            tables.diary().add(List.of(line));
            return Optional.of(line);
        });
    }

    /** The content that is needed in memory, with the lines of these codes. */
    JournalContent content(Set<String> codes) {
        return inOneTransaction(() -> new JournalContent(
                tables.incidents().live(),
                tables.outbox().live(),
                tables.outbox().taken(Limits.IDS_REMEMBERED),
                tables.incidents().over(Limits.IDS_REMEMBERED),
                tables.diary().latest(codes, Limits.TARGETS_REMEMBERED),
                tables.steps().latest(Limits.STEPS_REMEMBERED),
                tables.updates().all(),
                tables.diary().namespaces()));
    }

    /**
     * Makes the file agree with memory, because the file may lack some of it, or be new. It adds what the file lacks, and marks
     * what is over as over.
     */
    void reconcile(JournalContent known, Instant now) {
        inOneTransaction(() -> {
            Set<String> lasting = new HashSet<>();
            for (Incident incident : known.incidents()) {
                tables.incidents().open(incident);
                if (incident.ended().isPresent()) {
                    tables.incidents().end(incident);
                } else {
                    lasting.add(incident.id());
                }
            }
            Set<String> waiting = new HashSet<>();
            for (OutboxEntry entry : known.messages()) {
                tables.outbox().settle(entry);
                if (entry.isWaiting()) {
                    waiting.add(entry.message().id());
                }
            }
            tables.incidents().endAllBut(lasting, now);
            tables.outbox().takenAllBut(waiting, now);
            for (Step step : known.steps()) {
                tables.steps().learned(step);
            }
            tables.updates().keep(known.followed());
            return true;
        });
    }

    /**
     * If the content is larger than {@code maxSize}, deletes the oldest rows that are over until it is smaller than nine tenths of
     * {@code maxSize}. Open incidents and waiting messages stay, even if they are larger.
     *
     * @return the number of deleted lines, steps, incidents and messages
     */
    int shrink(long maxSize) {
        int forgotten = 0;
        if (size() > maxSize) {
            int now = forgetOldest();
            while (now > 0) {
                forgotten += now;
                now = size() > maxSize / 10 * 9 ? forgetOldest() : 0;
            }
        }
        return forgotten;
    }

    /** Bytes of the pages in use. */
    private long size() {
        return inOneTransaction(() -> PAGE_SIZE
                * statements
                        .query(
                                row -> row.getLong(1),
                                "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")
                        .get(0));
    }

    /** Deletes about a tenth of all rows that are over. */
    private int forgetOldest() {
        String over = "(SELECT at FROM diary UNION ALL SELECT patched_at FROM step"
                + " UNION ALL SELECT acknowledged_at FROM outbox WHERE acknowledged_at IS NOT NULL"
                + " UNION ALL SELECT ended_at FROM incident WHERE ended_at IS NOT NULL)";
        List<Instant> oldest = inOneTransaction(() -> statements.query(
                row -> Statements.instant(row, "at"),
                "SELECT at FROM " + over + " ORDER BY at LIMIT 1 OFFSET (SELECT COUNT(*) / 10 FROM " + over + ")"));
        return oldest.isEmpty() ? 0 : forget(oldest.get(0).plusNanos(1));
    }

    /** The number of rows that were read so far. */
    long rowsRead() {
        return statements.rowsRead();
    }

    @Override
    public synchronized void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            throw new JournalException("the journal cannot be closed: " + e.getMessage(), e);
        } finally {
            connection = Optional.empty();
        }
    }

    private interface Work<T> {
        T perform() throws SQLException;
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(connecting.connect());
        }
        return connection.get();
    }

    private synchronized <T> T inOneTransaction(Work<T> work) {
        try {
            connected().setAutoCommit(false);
            T result = work.perform();
            connected().commit();
            connected().setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            disconnect(e);
            throw new JournalException("the journal does not answer: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            disconnect(e);
            throw e;
        }
    }

    /** Closing the connection rolls back what was begun, whatever state the connection is in. */
    private void disconnect(Throwable reason) {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        } finally {
            connection = Optional.empty();
        }
    }
}
