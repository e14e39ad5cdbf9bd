package io.tidewatch.journal;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.Conversation;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Ledger.Update;
import io.tidewatch.model.Report;
import io.tidewatch.model.Step;
import io.tidewatch.model.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
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
public final class Journal implements AutoCloseable {

    private static final String FILE = "journal.db";

    /** Who waits for this may be a pass. */
    private static final int BUSY_MILLIS = 1_000;

    private final Connecting connecting;
    private final DiaryTable diary;
    private final IncidentTable incidents;
    private final OutboxTable outbox;
    private final StepTable steps;
    private final ConversationTable conversations;
    private final UpdateTable updates;

    /** Absent after a failure: the state of that connection is unknown, so the next use makes a new one. */
    private Optional<Connection> connection;

    /** Makes a connection to the file. */
    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private Journal(Connecting connecting) throws SQLException {
        Statements statements = new Statements(this::connected);
        this.connecting = connecting;
        this.connection = Optional.of(connecting.connect());
        this.diary = new DiaryTable(statements);
        this.incidents = new IncidentTable(statements);
        this.outbox = new OutboxTable(statements);
        this.steps = new StepTable(statements);
        this.conversations = new ConversationTable(statements);
        this.updates = new UpdateTable(statements);
    }

    /**
     * Opens the journal in this directory; both come into being where they do not exist, and an older one is migrated.
     *
     * @throws JournalException when the file cannot be written, is no journal, or is newer than this program
     */
    public static Journal open(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.file(file);
            SQLiteDataSource source = source(file);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Journal(source::getConnection);
        } catch (IOException | SQLException | FlywayException e) {
            throw new JournalException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the journal in this directory; one that is damaged is set aside (see {@link SetAside}) and a new one begun.
     *
     * @param setAside told where the damaged one lies now, and what was wrong with it
     * @throws JournalException when the file cannot be opened for another reason, or not be set aside
     */
    public static Journal openOrBegin(Path directory, Instant now, BiConsumer<Path, JournalException> setAside) {
        try {
            return open(directory);
        } catch (JournalException damaged) {
            if (damaged.reason() != JournalException.Reason.DAMAGED) {
                throw damaged;
            }
            Path aside;
            try {
                aside = SetAside.move(directory.resolve(FILE), now);
            } catch (IOException e) {
                damaged.addSuppressed(e);
                throw damaged;
            }
            Journal begun = open(directory);
            setAside.accept(aside, damaged);
            return begun;
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /**
     * Writes down what a pass has to say, and the messages about it, before any is sent. A message whose id is known
     * takes the place of the one before until that is handed out to be sent; from then on it stays as it is.
     */
    public void record(Report report, List<AlertMessage> messages) {
        if (!messages.isEmpty() || !isSilent(report)) {
            record(report, running -> messages);
        }
    }

    /**
     * The same for messages that depend on what is being told already: nothing is handed out between the look and the
     * writing.
     *
     * @param messages given the conversations of which an incident lasted before this report; must not call the journal
     */
    public void record(Report report, Function<List<Conversation>, List<AlertMessage>> messages) {
        boolean changes = !report.opened().isEmpty() || !report.ended().isEmpty();
        inOneTransaction(() -> {
            List<AlertMessage> words = messages.apply(changes ? conversations.running() : List.of());
            diary.add(report.diary());
            for (Incident incident : report.opened()) {
                incidents.open(incident);
            }
            for (Incident incident : report.ended()) {
                incidents.end(incident);
            }
            for (Step step : report.steps()) {
                steps.learned(step);
            }
            for (AlertMessage message : words) {
                outbox.put(message);
            }
            return true;
        });
    }

    private static boolean isSilent(Report report) {
        return report.diary().isEmpty()
                && report.steps().isEmpty()
                && report.opened().isEmpty()
                && report.ended().isEmpty();
    }

    /** Lines of the diary from others than a pass: a start, a commit refused, a word of a person. */
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

    /**
     * Hands out the messages to send now: to each receiver the one that is due for longest, of one conversation only the
     * earliest.
     *
     * @param busy receivers that are to get none
     */
    public List<DueMessage> due(Instant now, Set<String> busy) {
        return inOneTransaction(() -> outbox.handOut(now, busy));
    }

    /**
     * When the next message is due, which may be in the past; empty when all are delivered.
     *
     * @param busy receivers whose messages do not count
     */
    public Optional<Instant> nextDue(Set<String> busy) {
        return inOneTransaction(() -> outbox.nextDue(busy));
    }

    /** A receiver took it: it is never due again. */
    public void acknowledged(String id, Instant now) {
        inOneTransaction(() -> {
            outbox.acknowledged(id, now);
            return true;
        });
    }

    /** No receiver took it: it is due again later. */
    public void failed(String id, Instant nextAttempt, String why) {
        inOneTransaction(() -> {
            outbox.failed(id, nextAttempt, why);
            return true;
        });
    }

    /** Those of which an incident lasts. */
    public List<Conversation> conversations() {
        return inOneTransaction(conversations::running);
    }

    public boolean knowsMessage(String id) {
        return inOneTransaction(() -> outbox.knows(id));
    }

    public List<Undelivered> undelivered() {
        return inOneTransaction(outbox::undelivered);
    }

    public Map<Target, Incident> openIncidents() {
        return inOneTransaction(incidents::open);
    }

    /** The incidents that lasted at some time from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<Incident> incidents(Instant from, Instant to) {
        return inOneTransaction(() -> incidents.between(from, to));
    }

    /** In the order in which things happened. */
    public List<DiaryEntry> entries(Instant from, Instant to) {
        return inOneTransaction(() -> diary.between(from, to));
    }

    public List<DiaryEntry> entries(String code, Instant from, Instant to) {
        return inOneTransaction(() -> diary.between(code, from, to));
    }

    /** These commits' changes of Rollouts, and no others, are followed from now on. */
    public void follow(Map<Target, Update> followed) {
        inOneTransaction(() -> {
            updates.keep(followed);
            return true;
        });
    }

    public SortedMap<Target, Update> followed() {
        return inOneTransaction(updates::all);
    }

    /** The newest first. */
    public List<Step> latestSteps(int most) {
        return inOneTransaction(() -> steps.latest(most));
    }

    /** Where something was done or said. */
    public Set<String> namespaces() {
        return inOneTransaction(diary::namespaces);
    }

    /**
     * Forgets what is older: lines, steps, incidents that ended, messages that were taken. Open incidents, what they are told
     * with, and messages that nobody took stay, however old.
     *
     * @return how many of all these
     */
    public int forget(Instant before) {
        return inOneTransaction(
                () -> diary.forget(before) + steps.forget(before) + outbox.forget(before) + incidents.forget(before));
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
