package io.tidewatch.app;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.loop.SelfIncidents;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Opens an incident of Tidewatch itself while the journal does not work, or has not answered for a minute. The incident is
 * resolved when the journal has worked for a minute, so that an outage that comes and goes is one incident.
 */
final class JournalNews implements JournalListener {

    private static final String KEY = "journal";
    private static final int MINUTE_SECONDS = 60;

    private final Executor inAMinute;
    private SelfIncidents incidents = SelfIncidents.NONE;
    private Optional<String> trouble = Optional.empty();
    private Optional<String> well = Optional.empty();
    private int latest;

    JournalNews() {
        this(CompletableFuture.delayedExecutor(MINUTE_SECONDS, TimeUnit.SECONDS));
    }

    /** @param inAMinute runs a task after a minute of monotonic time */
    JournalNews(Executor inAMinute) {
        this.inAMinute = inAMinute;
    }

    /** Sets where incidents are opened, and reports the present state of the journal there. */
    synchronized void reportTo(SelfIncidents receiver) {
        incidents = receiver;
        trouble.ifPresent(summary -> incidents.open(KEY, summary));
        if (trouble.isEmpty()) {
            well.ifPresent(summary -> incidents.resolve(KEY, summary));
        }
    }

    @Override
    public synchronized void trouble(String summary) {
        latest++;
        trouble = Optional.of(summary);
        incidents.open(KEY, summary);
    }

    @Override
    public synchronized void late(String summary) {
        int number = ++latest;
        inAMinute.execute(() -> {
            synchronized (this) {
                if (number == latest) {
                    trouble(summary);
                }
            }
        });
    }

    @Override
    public synchronized void well(String summary) {
        int number = ++latest;
        well = Optional.of(summary);
        if (trouble.isEmpty()) {
            incidents.resolve(KEY, summary);
        } else {
            inAMinute.execute(() -> {
                synchronized (this) {
                    if (number == latest) {
                        trouble = Optional.empty();
                        incidents.resolve(KEY, summary);
                    }
                }
            });
        }
    }
}
