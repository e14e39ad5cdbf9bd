package io.tidewatch.loop;

import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import io.tidewatch.report.SelfReport;
import io.tidewatch.report.SelfReport.Notice;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * Writes incidents of Tidewatch itself to the journal, on its own thread, so that no caller waits for a disk. Only the latest
 * notice of each key counts. A failed write is retried every five seconds.
 */
public final class WrittenSelfIncidents implements SelfIncidents, AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(WrittenSelfIncidents.class);

    private final OpenInJournal openInJournal;
    private final Writer writer;
    private final Leadership leadership;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final ConcurrentMap<String, Notice> notices = new ConcurrentHashMap<>();
    private final AtomicBoolean awaited = new AtomicBoolean();

    /** By id. */
    private final Map<String, Incident> open = new LinkedHashMap<>();

    /** The notices that stand for incidents of the journal; known to the thread alone. */
    private final Set<Notice> taken = new HashSet<>();

    private volatile boolean read;
    private volatile boolean settling;

    /** The open incidents of Tidewatch itself, from the journal. */
    @FunctionalInterface
    public interface OpenInJournal {

        /** @return empty as long as the journal has not been read */
        Optional<List<Incident>> incidents();
    }

    /** Writes the incidents of Tidewatch itself that open and that are resolved, all in one transaction. */
    @FunctionalInterface
    public interface Writer {

        void write(Report report);
    }

    /**
     * @param openInJournal called before each report until it returns a list
     * @param leadership without it nothing is written; what is still in trouble is written once this replica leads
     */
    public WrittenSelfIncidents(OpenInJournal openInJournal, Writer writer, Leadership leadership, Clock clock) {
        this.openInJournal = openInJournal;
        this.writer = writer;
        this.leadership = leadership;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-self"));
    }

    @Override
    public void open(String key, String summary) {
        report(key, new Notice(true, summary, clock.instant()));
    }

    @Override
    public void resolve(String key, String summary) {
        if (!read || notices.containsKey(key)) {
            report(key, new Notice(false, summary, clock.instant()));
        }
    }

    /**
     * To be called when this replica begins to lead: another one may have written meanwhile, so the journal is read again.
     */
    public void lead() {
        thread.execute(() -> {
            open.clear();
            notices.values().removeAll(taken);
            taken.clear();
            read = false;
        });
        settleIn(Duration.ZERO);
    }

    /** To be called when the journal has been read, so that its open incidents are taken over at once. */
    public void journalWasRead() {
        settleIn(Duration.ZERO);
    }

    private void report(String key, Notice notice) {
        Notice counts = notices.merge(key, notice, (before, now) -> before.trouble() == now.trouble() ? before : now);
        if (counts.equals(notice)) {
            settleIn(Duration.ZERO);
        }
    }

    private void settleIn(Duration pause) {
        if (awaited.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::settle, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("closed before the last notice was written", closed);
            }
        }
    }

    private void settle() {
        settling = true;
        awaited.set(false);
        if (!leadership.leads()) {
            settling = false;
            return;
        }
        try {
            readOnce();
            Map<String, Notice> now = Map.copyOf(notices);
            Report report = SelfReport.of(now, open.values(), clock.instant());
            if (!report.opened().isEmpty() || !report.ended().isEmpty()) {
                writer.write(report);
                report.opened().forEach(incident -> open.put(incident.id(), incident));
                report.ended().forEach(incident -> open.remove(incident.id()));
            }
            now.forEach((key, notice) -> {
                if (read && !notice.trouble()) {
                    notices.remove(key, notice);
                }
            });
        } catch (RuntimeException notNow) {
            log.warn("incidents of Tidewatch itself cannot be written, trying again: {}", notNow.getMessage());
            settleIn(RETRY_AFTER);
        } finally {
            settling = false;
        }
    }

    /** A journal that cannot be read does not delay the report, since this trouble must be reported, too. */
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
        Notice notice = new Notice(true, incident.summary(), incident.opened());
        if (notices.putIfAbsent(incident.target().name(), notice) == null) {
            taken.add(notice);
        }
    }

    /** Whether all notices are written. */
    public boolean isSettled() {
        return !awaited.get() && !settling;
    }

    /** Waits up to {@link #LAST_WRITE} for the last notices to be written. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WRITE.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
