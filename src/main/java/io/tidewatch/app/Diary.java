package io.tidewatch.app;

import io.tidewatch.journal.SafeJournal;
import io.tidewatch.loop.DiaryWriter;
import io.tidewatch.loop.ReportWriter;
import io.tidewatch.loop.source.SourceDiary;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to the journal, then to the output of the process. A line that the journal rejects is printed anyway. A line
 * that cannot be written never ends a pass.
 */
final class Diary implements DiaryWriter, ReportWriter, SourceDiary {

    private static final int MOST_EARLY = 1_000;
    private static final Duration LAST_LINES = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Diary.class);

    private final SafeJournal journal;
    private final ReportWriter reports;
    private final Leader leader;

    /** The lines of before it was known whether this replica leads. */
    private final List<DiaryEntry> early = new ArrayList<>();

    private final Clock clock;
    private final Consumer<DiaryEntry> output;
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "tidewatch-diary"));

    /**
     * @param leader without whom the journal is given nothing: it is the leader's diary
     * @param output given each line after the journal
     */
    Diary(SafeJournal journal, ReportWriter reports, Leader leader, Clock clock, Consumer<DiaryEntry> output) {
        this.journal = journal;
        this.reports = reports;
        this.leader = leader;
        this.clock = clock;
        this.output = output;
    }

    @Override
    public void write(Pass pass, Report report) {
        carryOn("a report", () -> reports.write(pass, report));
        print(report.diary());
    }

    @Override
    public void write(List<DiaryEntry> entries) {
        if (isForTheJournal(entries)) {
            carryOn("lines of the diary", () -> journal.note(entries));
        }
        print(entries);
    }

    private synchronized boolean isForTheJournal(List<DiaryEntry> entries) {
        if (leader.leads()) {
            return true;
        }
        if (!leader.isUndecided()) {
            early.clear();
        } else if (early.size() < MOST_EARLY) {
            early.addAll(entries);
        }
        return false;
    }

    /** To be called when this replica begins to lead. The first lines of a process that leads from the start are kept, too. */
    void lead() {
        List<DiaryEntry> kept;
        synchronized (this) {
            kept = List.copyOf(early);
            early.clear();
        }
        if (!kept.isEmpty()) {
            inBackground("lines of the diary", () -> journal.note(kept));
        }
    }

    /** Writes one line that is about no target. */
    void line(String code, String text) {
        write(List.of(new DiaryEntry(clock.instant(), Optional.empty(), code, text)));
    }

    /** The same, later and on another thread, for callers that must not wait for a disk. */
    void lineInBackground(String code, String text) {
        background.execute(() -> line(code, text));
    }

    /** Writes something else after the lines that wait, on their thread. */
    void inBackground(String what, Runnable writing) {
        background.execute(() -> carryOn(what, writing));
    }

    @Override
    public void write(String source, String text) {
        String prefix = source + ": ";
        line("source", "source " + prefix + (text.startsWith(prefix) ? text.substring(prefix.length()) : text));
    }

    private void print(List<DiaryEntry> entries) {
        entries.forEach(entry -> carryOn("a line", () -> output.accept(entry)));
    }

    private static void carryOn(String what, Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException unwritten) {
            log.warn("{} could not be written: {}", what, unwritten.getMessage());
        }
    }

    /** Waits until the lines of before are written that are written in the background, and not longer than this. */
    void settle(Duration longest) throws InterruptedException {
        try {
            background.submit(() -> {}).get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException late) {
            log.debug("lines of the diary are not written yet", late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits up to {@link #LAST_LINES} for the lines that are written in the background. */
    void close() throws InterruptedException {
        background.shutdown();
        if (!background.awaitTermination(LAST_LINES.toSeconds(), TimeUnit.SECONDS)) {
            background.shutdownNow();
        }
    }
}
