package io.tidewatch.loop;

import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import io.tidewatch.report.SelfReport;
import io.tidewatch.report.SelfReport.Word;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes incidents of Tidewatch itself down, on a thread of its own, so that nobody who tells of trouble waits for a disk.
 * Only the last word on each key counts; what cannot be written down is tried again every five seconds.
 */
public final class WrittenSelfIncidents implements SelfIncidents, AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(WrittenSelfIncidents.class);

    private final OpenInJournal openInJournal;
    private final Writer writer;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final ConcurrentMap<String, Word> words = new ConcurrentHashMap<>();
    private final AtomicBoolean awaited = new AtomicBoolean();

    /** By id. */
    private final Map<String, Incident> open = new LinkedHashMap<>();

    private volatile boolean read;
    private volatile boolean settling;

    /** The open incidents of Tidewatch itself, from the journal. */
    @FunctionalInterface
    public interface OpenInJournal {

        /** @return empty as long as the journal has not been read */
        Optional<List<Incident>> incidents();
    }

    /** Writes down which incidents of Tidewatch itself begin and which are resolved, whole or not at all. */
    @FunctionalInterface
    public interface Writer {

        void write(Report report);
    }

    /** @param openInJournal asked before each report until it gives a list */
    public WrittenSelfIncidents(OpenInJournal openInJournal, Writer writer, Clock clock) {
        this.openInJournal = openInJournal;
        this.writer = writer;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-self"));
    }

    @Override
    public void open(String key, String summary) {
        say(key, new Word(true, summary, clock.instant()));
    }

    @Override
    public void resolve(String key, String summary) {
        if (!read || words.containsKey(key)) {
            say(key, new Word(false, summary, clock.instant()));
        }
    }

    /** To be called when the journal has been read: its open incidents are taken over now, not at the next trouble. */
    public void journalWasRead() {
        settleIn(Duration.ZERO);
    }

    private void say(String key, Word word) {
        Word counts = words.merge(key, word, (before, now) -> before.trouble() == now.trouble() ? before : now);
        if (counts.equals(word)) {
            settleIn(Duration.ZERO);
        }
    }

    private void settleIn(Duration pause) {
        if (awaited.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::settle, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("closed before the last word was written down", closed);
            }
        }
    }

    private void settle() {
        settling = true;
        awaited.set(false);
        try {
            readOnce();
            Map<String, Word> now = Map.copyOf(words);
            Report report = SelfReport.of(now, open.values(), clock.instant());
            if (!report.opened().isEmpty() || !report.ended().isEmpty()) {
                writer.write(report);
                report.opened().forEach(incident -> open.put(incident.id(), incident));
                report.ended().forEach(incident -> open.remove(incident.id()));
            }
            now.forEach((key, word) -> {
                if (read && !word.trouble()) {
                    words.remove(key, word);
                }
            });
        } catch (RuntimeException notNow) {
            log.warn("incidents of Tidewatch itself cannot be written down, trying again: {}", notNow.getMessage());
            settleIn(AGAIN);
        } finally {
            settling = false;
        }
    }

    /** A journal that cannot be read delays no report: its own trouble must be reported, too. */
    private void readOnce() {
        if (read) {
            return;
        }
        try {
            openInJournal.incidents().ifPresent(incidents -> {
                incidents.forEach(this::takeOver);
                read = true;
            });
        } catch (RuntimeException notNow) {
            log.debug("the open incidents of Tidewatch itself are read again before the next report", notNow);
        }
    }

    private void takeOver(Incident incident) {
        open.putIfAbsent(incident.id(), incident);
        words.putIfAbsent(incident.target().name(), new Word(true, incident.summary(), incident.opened()));
    }

    /** Whether all that was said is written down. */
    public boolean isSettled() {
        return !awaited.get() && !settling;
    }

    /** Waits a little for what was said to be written down. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
