package io.tidewatch.loop.source;

import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.loop.DaemonThread;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, before anything else runs and one after the other, the commits that were being read when the process before this one
 * died. If this process dies while it reads one of them, that commit is the reason, and the next start sets it aside. If it does
 * not die, the death had another reason, and the commit is read like any other. Nothing that is read here comes into force.
 */
public final class Quarantine {

    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    /** How long the start waits for one commit. A commit that takes longer does not kill the process at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long the start waits for all commits together; the remaining commits are read like any other. */
    private static final Duration PATIENCE_WITH_ALL = Duration.ofSeconds(60);

    private final CommitMarkers markers;
    private final CommitReader reader;
    private volatile boolean stopped;
    private volatile CountDownLatch waiting = new CountDownLatch(0);

    /** @param reader reads a commit as it will be read later, and changes nothing */
    public Quarantine(CommitMarkers markers, CommitReader reader) {
        this.markers = markers;
        this.reader = reader;
    }

    /** Ends {@link #read}: its caller waits no longer, and no other commit is read. Safe from any thread. */
    public void stop() {
        stopped = true;
        waiting.countDown();
    }

    /** Returns when all suspects were read, or took too long, or at {@link #stop}. */
    public void read(List<PulledSource> sources) {
        long begun = System.nanoTime();
        for (PulledSource source : sources) {
            if (System.nanoTime() - begun > PATIENCE_WITH_ALL.toNanos()) {
                log.warn("the start waits no longer for commits that were being read when Tidewatch died");
                return;
            }
            if (!stopped && markers.isSuspect(source.name())) {
                log.warn(
                        "source {}: its commit was being read when Tidewatch died; it is read alone, before all else",
                        source.name());
                read(source);
            }
        }
    }

    private void read(PulledSource source) {
        PullAttempt attempt = new PullAttempt();
        CountDownLatch ended = new CountDownLatch(1);
        waiting = ended;
        Thread reading = DaemonThread.of(
                () -> {
                    read(source, attempt);
                    ended.countDown();
                },
                "tidewatch-git-" + source.name());
        reading.start();
        try {
            if (!stopped && !ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("source {}: its commit is not read within {} s", source.name(), PATIENCE.toSeconds());
            }
            if (ended.getCount() > 0) {
                DaemonThread.of(attempt::end, "tidewatch-git-closes").start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(PulledSource source, PullAttempt attempt) {
        Set<String> marked = new HashSet<>();
        try {
            source.remote()
                    .pull(attempt, commit -> {
                        if (stopped || markers.isSetAside(source.name(), commit)) {
                            return false;
                        }
                        if (marked.add(commit)) {
                            markers.begin(source.name(), commit);
                        }
                        return true;
                    })
                    .ifPresent(reader::read);
        } catch (Throwable unreadable) {
            log.warn("source {}: {}", source.name(), String.valueOf(unreadable));
        } finally {
            marked.forEach(commit -> end(source, commit));
        }
    }

    private void end(PulledSource source, String commit) {
        try {
            markers.end(source.name(), commit);
        } catch (UncheckedIOException unwritten) {
            log.warn("source {}: {}", source.name(), unwritten.getMessage());
        }
    }
}
