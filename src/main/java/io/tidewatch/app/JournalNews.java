package io.tidewatch.app;

import io.tidewatch.journal.SafeJournal;
import io.tidewatch.loop.SelfIncidents;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes an incident of Tidewatch itself of a journal that does not work. The incident ends when the journal has worked for a
 * minute, so that one that comes and goes is one incident.
 */
final class JournalNews implements SafeJournal.Listener {

    private static final String KEY = "journal";
    private static final int CALM_SECONDS = 60;

    private final Executor later;
    private SelfIncidents told = SelfIncidents.NONE;
    private Optional<String> trouble = Optional.empty();
    private Optional<String> well = Optional.empty();
    private int news;

    JournalNews() {
        this(CompletableFuture.delayedExecutor(CALM_SECONDS, TimeUnit.SECONDS));
    }

    /** @param later runs what it is given after the time in which a journal must have worked */
    JournalNews(Executor later) {
        this.later = later;
    }

    /** Tells these of all that happened so far and that will happen. */
    synchronized void tell(SelfIncidents receiver) {
        told = receiver;
        trouble.ifPresent(summary -> told.open(KEY, summary));
        if (trouble.isEmpty()) {
            well.ifPresent(summary -> told.resolve(KEY, summary));
        }
    }

    @Override
    public synchronized void trouble(String summary) {
        news++;
        trouble = Optional.of(summary);
        told.open(KEY, summary);
    }

    @Override
    public synchronized void well(String summary) {
        news++;
        well = Optional.of(summary);
        if (trouble.isEmpty()) {
            told.resolve(KEY, summary);
        } else {
            int last = news;
            later.execute(() -> settle(last, summary));
        }
    }

    private synchronized void settle(int last, String summary) {
        if (last == news) {
            trouble = Optional.empty();
            told.resolve(KEY, summary);
        }
    }
}
