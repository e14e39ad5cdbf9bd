package io.tidewatch.journal;

import io.tidewatch.journal.JournalException.Reason;
import io.tidewatch.model.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal's file up to date with {@link JournalMemory}, on the one thread that uses the file. After a failure it
 * tries again after 1 s, then with pauses that double up to 30 s. It sets a damaged file aside and begins a new one.
 */
final class JournalWriter implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final String FROM_MEMORY = "minimums are written and messages sent all the same, from memory";
    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    private final JournalMemory memory;
    private final Clock clock;
    private final Set<String> codes;
    private final SafeJournal.Listener listener;
    private final long maxSize;
    private final Duration firstPause;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    // The rest belongs to the thread.
    private final JournalFile file;
    private boolean agrees;
    private Optional<Outage> outage = Optional.empty();
    private boolean reportedWell;

    /**
     * @param codes of the lines of the diary that are read from the file into memory
     * @param maxSize bytes; the file forgets the oldest of what is over when it is larger
     * @param firstPause after which a file that failed is tried again for the first time
     */
    JournalWriter(
            JournalMemory memory,
            Path directory,
            Clock clock,
            Set<String> codes,
            SafeJournal.Listener listener,
            long maxSize,
            Duration firstPause) {
        this.memory = memory;
        this.clock = clock;
        this.codes = Set.copyOf(codes);
        this.listener = listener;
        this.maxSize = maxSize;
        this.firstPause = firstPause;
        this.file = new JournalFile(directory, maxSize);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "tidewatch-journal");
            own.setDaemon(true);
            return own;
        });
    }

    /** Opens the file, and waits for that no longer than this. */
    void start(Duration timeout) {
        scheduled.set(true);
        perform(timeout, () -> {
            work();
            return true;
        });
    }

    /** Writes soon what waits in memory. */
    void wake() {
        workIn(Duration.ZERO);
    }

    private void workIn(Duration pause) {
        if (scheduled.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("The journal is closed", closed);
            }
        }
    }

    /**
     * Asks the file, when all that waits is written.
     *
     * @return empty where the file cannot be read, or the answer takes longer than the timeout
     */
    <T> Optional<T> ask(Duration timeout, Function<Journal, T> question) {
        return perform(timeout, () -> {
            try {
                return question.apply(upToDate());
            } catch (JournalException e) {
                trouble(e);
                throw e;
            }
        });
    }

    private <T> Optional<T> perform(Duration timeout, Callable<T> task) {
        Future<T> answer;
        try {
            answer = thread.submit(task);
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            log.warn(
                    "The journal could not answer: {}",
                    e.getCause() == null ? e : e.getCause().getMessage());
            return Optional.empty();
        } catch (TimeoutException e) {
            answer.cancel(false);
            if (memory.late()) {
                reportLate(timeout);
            }
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The thread has not answered for so long, and may never do so again. Called from other threads. */
    void reportLate(Duration waited) {
        log.warn(
                "The journal has not answered for {} ms. Tidewatch goes on from memory and does not wait for the journal"
                        + " until it answers",
                waited.toMillis());
        listener.late("the journal " + file.path() + " does not answer: the use of its file neither ends nor fails; "
                + FROM_MEMORY);
        wake();
    }

    private void work() {
        scheduled.set(false);
        try {
            upToDate();
            well();
        } catch (Throwable failed) {
            trouble(failed);
        }
    }

    /**
     * The file that lies there now, with all that waited. After a start, an outage, or changes that were dropped, it is also
     * made to agree with memory; the changes that wait are written first, for they say when something began and ended.
     */
    private Journal upToDate() {
        Optional<Journal> current = file.current();
        agrees = agrees && current.isPresent();
        Journal journal = current.orElseGet(file::reopen);
        if (!memory.isRead()) {
            journal.giveUpTooMany(Limits.MESSAGES_WAITING, clock.instant()).ifPresent(line -> log.warn(line.text()));
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

    /** Called after each batch: a file that shrinks only when all is written may be full before that, and stay full. */
    private void shrink(Journal journal) {
        int forgotten = journal.shrink(maxSize);
        if (forgotten > 0) {
            log.info("The journal was larger than {} bytes. Its oldest {} lines are deleted", maxSize, forgotten);
        }
    }

    private void writeAll(Journal journal) {
        List<Change> batch = memory.nextBatch();
        while (!batch.isEmpty()) {
            write(journal, batch);
            memory.written();
            shrink(journal);
            batch = memory.nextBatch();
        }
    }

    /** A change that no file takes must not keep the others from the file. */
    private static void write(Journal journal, List<Change> batch) {
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
                        batch.get(0).getClass().getSimpleName(),
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

    private void well() {
        JournalMemory.CaughtUp before = memory.caughtUp();
        String lost = before.lostLines() == 0
                ? ""
                : "; " + before.lostLines() + " lines of the diary could not be kept meanwhile";
        Optional<Duration> gone =
                outage.map(over -> over.lasted(clock.instant())).or(before::late);
        String summary = gone.map(time -> "the journal works again after " + time.toSeconds() + " s")
                        .orElse("the journal works")
                + lost;
        if (gone.isPresent() || !lost.isEmpty()) {
            log.warn("{}", summary);
        }
        boolean reported = outage.filter(Outage::reported).isPresent();
        if (!lost.isEmpty() && !reported) {
            listener.trouble("the journal did not keep up: its oldest " + before.lostLines()
                    + " lines that were not written yet are lost");
        }
        if (!reportedWell || reported || before.late().isPresent() || !lost.isEmpty()) {
            reportedWell = true;
            listener.well(summary);
        }
        outage = Optional.empty();
    }

    private void trouble(Throwable failed) {
        memory.fellBehind();
        agrees = false;
        Instant now = clock.instant();
        boolean first = outage.isEmpty();
        Outage current = outage.orElseGet(() -> Outage.began(now, firstPause));
        if (first) {
            log.warn("{}. Tidewatch goes on from memory", failed.getMessage());
            if (!(failed instanceof JournalException)) {
                log.error("The journal fails", failed);
            }
        }
        Reason reason = failed instanceof JournalException journal ? journal.reason() : Reason.UNAVAILABLE;
        Optional<Path> aside = reason == Reason.DAMAGED ? setAside(failed, now) : Optional.empty();
        boolean report = current.mustBeReported(reason, now);
        if (report && !current.reported()) {
            listener.trouble(aside.map(place -> "the journal was damaged (" + failed.getMessage()
                            + ") and is set aside as " + place + "; a new one begins, without its history")
                    .orElseGet(() -> "the journal " + file.path() + " cannot be written: " + cause(reason, failed)
                            + "; " + FROM_MEMORY));
        }
        workIn(aside.isPresent() && first ? Duration.ZERO : current.pause());
        outage = Optional.of(current.after(report));
    }

    private static String cause(Reason reason, Throwable failed) {
        return switch (reason) {
            case FULL -> "no room is left on its file system";
            case LOCKED -> "another process holds it";
            case DAMAGED -> "it is damaged and cannot be set aside";
            case UNFIT, UNAVAILABLE -> String.valueOf(failed.getMessage());
        };
    }

    /** From then on, memory has all there is. */
    private Optional<Path> setAside(Throwable damaged, Instant now) {
        try {
            Path aside = file.setAside(now);
            memory.read(JournalContent.NOTHING);
            return Optional.of(aside);
        } catch (IOException e) {
            damaged.addSuppressed(e);
            return Optional.empty();
        }
    }

    /** Writes what waits, and waits for that at most five seconds. */
    @Override
    public void close() {
        perform(CLOSING, () -> {
            if (outage.isEmpty()) {
                work();
            }
            file.close();
            return true;
        });
        thread.shutdownNow();
        memory.fellBehind();
    }
}
