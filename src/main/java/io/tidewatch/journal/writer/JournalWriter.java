package io.tidewatch.journal.writer;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.database.Storage;
import io.tidewatch.journal.memory.JournalMemory;
import io.tidewatch.model.Limits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal's file up to date with {@link JournalMemory}, on the one thread that uses the file. After a failure it
 * tries again after 1 s, then with pauses that double up to 30 s. It sets a damaged file aside and begins a new one.
 */
public final class JournalWriter implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    private final JournalMemory memory;
    private final Clock clock;
    private final Set<String> codes;
    private final Duration supersededPause;
    private final JournalThread thread = new JournalThread(this::work, this::callerStoppedWaiting);
    private final FileHealth health;

    // The rest belongs to the thread.
    private final Storage storage;
    private boolean agrees;

    /**
     * @param codes of the lines of the diary that are read from the file into memory
     * @param firstPause after which a journal that failed is tried again for the first time
     * @param supersededPause after which this process writes again after another one has taken over; whoever elects the leader tells it to
     *     stand by before, if the other is the leader
     */
    public JournalWriter(
            JournalMemory memory,
            Storage storage,
            Clock clock,
            Set<String> codes,
            JournalListener listener,
            Duration firstPause,
            Duration supersededPause) {
        this.memory = memory;
        this.storage = storage;
        this.clock = clock;
        this.codes = Set.copyOf(codes);
        this.supersededPause = supersededPause;
        this.health = new FileHealth(storage.place(), listener, firstPause);
    }

    /** Opens the file, and waits for that no longer than this. */
    public void start(Duration timeout) {
        thread.work(timeout);
    }

    /** Writes soon what waits in memory. */
    public void wake() {
        thread.workIn(Duration.ZERO);
    }

    /**
     * Queries the file, when all that waits is written.
     *
     * @return empty where the file cannot be read, or the answer takes longer than the timeout
     */
    public <T> Optional<T> query(Duration timeout, Function<Journal, T> query) {
        return thread.perform(timeout, () -> {
            try {
                return overALivingConnection(() -> query.apply(upToDate()));
            } catch (JournalException e) {
                trouble(e);
                throw e;
            }
        });
    }

    /** The same for somebody who only looks, and gives up soon. */
    public <T> Optional<T> look(Duration timeout, Function<Journal, T> query) {
        return thread.look(timeout, () -> overALivingConnection(() -> query.apply(upToDate())));
    }

    private void callerStoppedWaiting(Duration waited) {
        if (memory.late()) {
            reportLate(waited);
        }
    }

    /** Reports that the thread has not answered for so long, and may never do so again. Called from other threads. */
    public void reportLate(Duration waited) {
        health.late(waited);
        wake();
    }

    private void work() {
        try {
            memory.leadAfterPause();
            overALivingConnection(this::upToDate);
            health.well(memory.caughtUp(), clock.instant());
        } catch (Throwable failed) {
            trouble(failed);
        }
        leadAgainLater();
    }

    /**
     * A connection that was not used for long may have died with its server, which has been back for days. So what fails over an old
     * connection is tried once more over a new one, before that counts as trouble. Changes are numbered, so none is written twice.
     */
    private <T> T overALivingConnection(Supplier<T> use) {
        boolean isOld = storage.isShared() && storage.current().isPresent();
        try {
            return use.get();
        } catch (JournalException failed) {
            if (!isOld || failed.reason() != Reason.AWAY) {
                throw failed;
            }
            log.debug("The connection to the journal has ended, and a new one is opened", failed);
            return use.get();
        }
    }

    private void leadAgainLater() {
        memory.pauseLeft().ifPresent(thread::workIn);
    }

    /**
     * The journal that lies there now, with all that waited. After a start, an outage, or changes that were dropped, it is also
     * made to agree with memory; the changes that wait are written first, for they say when something began and ended.
     */
    private Journal upToDate() {
        Optional<Journal> current = storage.current();
        agrees = agrees && current.isPresent();
        Journal journal = current.orElseGet(storage::reopen);
        if (!memory.leads()) {
            writeAccepted(journal);
            return journal;
        }
        if (!memory.isRead()) {
            agrees = false;
            journal.takeOver();
            journal.dropMessagesBeyond(Limits.MESSAGES_WAITING, clock.instant())
                    .ifPresent(line -> log.warn(line.text()));
            memory.read(journal.content(codes));
        }
        if (!agrees) {
            shrink(journal);
        }
        writeAll(journal);
        if (!agrees || memory.hasGap()) {
            reconcile(journal);
            agrees = true;
            shrink(journal);
        }
        return journal;
    }

    /** All that a process writes that does not lead: what became of messages that it was sending before. */
    private void writeAccepted(Journal journal) {
        List<Change.Acknowledged> accepted = memory.accepted();
        if (!accepted.isEmpty()) {
            journal.writeAccepted(accepted);
            memory.acceptedWritten(accepted);
        }
    }

    /** Called after each batch: a file that shrinks only when all is written may be full before that, and stay full. */
    private void shrink(Journal journal) {
        int deleted = journal.shrink();
        if (deleted > 0) {
            log.info(
                    "The journal was larger than {} bytes. Its oldest {} lines are deleted",
                    storage.maxSize(),
                    deleted);
        }
    }

    private void writeAll(Journal journal) {
        List<NumberedChange> batch = memory.nextBatch();
        while (!batch.isEmpty()) {
            write(journal, batch);
            memory.written();
            shrink(journal);
            batch = memory.nextBatch();
        }
    }

    /** A change that no file takes must not keep the others from the file. */
    private static void write(Journal journal, List<NumberedChange> batch) {
        try {
            journal.write(batch);
        } catch (JournalException e) {
            if (e.reason() != Reason.UNFIT) {
                throw e;
            }
            if (batch.size() > 1) {
                batch.forEach(change -> write(journal, List.of(change)));
            } else {
                log.error(
                        "{} cannot be written into the journal",
                        batch.get(0).change().getClass().getSimpleName(),
                        e);
            }
        }
    }

    private void reconcile(Journal journal) {
        try {
            journal.reconcile(memory.known(), clock.instant());
        } catch (JournalException e) {
            if (e.reason() != Reason.UNFIT) {
                throw e;
            }
            log.error("Some open incidents or messages cannot be written into the journal", e);
        }
    }

    private void trouble(Throwable failed) {
        agrees = false;
        Reason reason = failed instanceof JournalException journal ? journal.reason() : Reason.UNAVAILABLE;
        if (reason == Reason.SUPERSEDED) {
            int lost = memory.superseded(supersededPause);
            log.warn(
                    "{}. This process writes and sends nothing for {} s, unless it is elected again; {} lines of its diary are lost",
                    failed.getMessage(),
                    supersededPause.toSeconds(),
                    lost);
            leadAgainLater();
            return;
        }
        memory.fellBehind();
        Instant now = clock.instant();
        if (!health.isOut()) {
            log.warn("{}. Tidewatch goes on from memory", failed.getMessage());
            if (!(failed instanceof JournalException)) {
                log.error("The journal fails", failed);
            }
        }
        Optional<String> aside = reason == Reason.DAMAGED ? setAside(failed, now) : Optional.empty();
        thread.workIn(health.trouble(failed, reason, aside, now));
    }

    /** From then on, memory has all there is. */
    private Optional<String> setAside(Throwable damaged, Instant now) {
        try {
            Optional<String> aside = storage.setAside(now);
            if (aside.isPresent()) {
                memory.read(JournalContent.NOTHING);
            }
            return aside;
        } catch (IOException e) {
            damaged.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** Writes what waits, and waits for that at most five seconds. */
    @Override
    public void close() {
        thread.perform(CLOSING, () -> {
            if (!health.isOut()) {
                work();
            }
            storage.close();
            return true;
        });
        thread.stop();
        memory.fellBehind();
    }
}
