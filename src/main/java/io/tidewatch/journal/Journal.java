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
 * One file that survives the process. Every method is one transaction, on the disk when it returns (WAL,
 * {@code synchronous=FULL}): killed at any point, what was recorded is there whole, or not at all. Any thread may call;
 * another process may read at the same time.
 */
public final class Journal implements Records, AutoCloseable {

    static final String FILE = "journal.db";

    /** Bytes, unless an operator says otherwise; a night of a thousand targets is about 1 MiB. */
    public static final long DEFAULT_MAX_SIZE = 256L << 20;

    /** What every SQLite database begins with. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of a page, as SQLite makes them. */
    private static final int PAGE_SIZE = 4_096;

    /** Bytes to which SQLite's write-ahead log is cut when it has been worked in. */
    private static final int LOG_SIZE = 4 << 20;

    /** How long somebody else's lock is waited for before it is an error. */
    private static final int BUSY_MILLIS = 1_000;

    private final Connecting connecting;
    private final Tables tables;
    private final Statements statements;

    /** Absent after a failure: the state of that connection is unknown, so the next use makes a new one. */
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
     * Opens the journal in this directory; both come into being where they do not exist, and an older one is migrated.
     *
     * @throws JournalException when the file cannot be written, is no journal, or is newer than this program
     */
    public static Journal open(Path directory) {
        return open(directory, DEFAULT_MAX_SIZE);
    }

    /** @param maxSize the size in bytes that {@link #shrink} keeps to; twice that is never passed, it is an error */
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

    /** A lock is met here, in one word; Flyway would fill the log with what follows from it. */
    private static void mustBeOurs(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.commit();
        }
    }

    /**
     * Looks whether the file still begins like a database: SQLite itself would work on from what it remembers of it. A file
     * that is gone or empty is no trouble of this kind.
     *
     * @throws JournalException where it is damaged
     */
    static void checkHeader(Path file) {
        byte[] begin = new byte[HEADER.length];
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.readNBytes(begin, 0, begin.length);
            if (read > 0 && !Arrays.equals(begin, HEADER)) {
                throw JournalException.damaged(file + " was overwritten: it is no SQLite database any more");
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
    public void failed(String id, Instant nextAttempt, String why) {
        inOneTransaction(() -> {
            tables.outbox().failed(id, nextAttempt, why);
            return true;
        });
    }

    /** Those of which an incident lasts. */
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

    /** The incidents that lasted at some time from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<Incident> incidents(Instant from, Instant to) {
        return inOneTransaction(() -> tables.incidents().between(from, to));
    }

    /** In the order in which things happened. */
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

    /** The file keeps messages for whomever they are addressed to. */
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

    /** Where something was done or said. */
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
     * Writes these down in one transaction, in this order.
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
     * Gives up the oldest messages that wait until {@code most} are left, those of the receiver that has most of them first,
     * and says in the diary how many; both in one transaction.
     *
     * @return the line of the diary, where there were more
     */
    Optional<DiaryEntry> giveUpTooMany(int most, Instant now) {
        return inOneTransaction(() -> {
            Map<String, Integer> byReceiver = tables.outbox().giveUpTooMany(most);
            if (byReceiver.isEmpty()) {
                return Optional.empty();
            }
            DiaryEntry line = GivenUpLine.of(now, byReceiver);
            tables.diary().add(List.of(line));
            return Optional.of(line);
        });
    }

    /** What must be known to go on without the file; {@code codes} are those of the lines that are wanted. */
    Kept kept(Set<String> codes) {
        return inOneTransaction(() -> new Kept(
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
     * Makes the file agree with what a process knows, for the file may have missed some of it, or be new: what it lacks is
     * written, and what is over is marked as over.
     */
    void reconcile(Kept known, Instant now) {
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
            for (Held held : known.messages()) {
                tables.outbox().settle(held);
                if (held.isWaiting()) {
                    waiting.add(held.message().id());
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
     * Forgets the oldest of what is over until the file's contents are smaller than nine tenths of {@code maxSize}; nothing
     * where they are not larger than that. What lasts and what nobody took stays, even if that is more.
     *
     * @return how many lines, steps, incidents and messages were forgotten
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

    /** Bytes of the pages that hold something. */
    private long size() {
        return inOneTransaction(() -> PAGE_SIZE
                * statements
                        .query(
                                row -> row.getLong(1),
                                "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")
                        .get(0));
    }

    /** About a tenth of all that is over. */
    private int forgetOldest() {
        String over = "(SELECT at FROM diary UNION ALL SELECT patched_at FROM step"
                + " UNION ALL SELECT acknowledged_at FROM outbox WHERE acknowledged_at IS NOT NULL"
                + " UNION ALL SELECT ended_at FROM incident WHERE ended_at IS NOT NULL)";
        List<Instant> oldest = inOneTransaction(() -> statements.query(
                row -> Statements.instant(row, "at"),
                "SELECT at FROM " + over + " ORDER BY at LIMIT 1 OFFSET (SELECT COUNT(*) / 10 FROM " + over + ")"));
        return oldest.isEmpty() ? 0 : forget(oldest.get(0).plusNanos(1));
    }

    /** How many rows were read so far. */
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

    /** What was begun is rolled back by the end of its connection, whatever state that is in. */
    private void disconnect(Throwable why) {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            why.addSuppressed(e);
        } finally {
            connection = Optional.empty();
        }
    }
}
