package io.tidewatch.journal.writer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that uses the journal's file. It performs one task after the other. A caller waits for a task no longer than its
 * timeout, even if the thread hangs without end.
 */
final class JournalThread {

    private static final Logger log = LoggerFactory.getLogger(JournalThread.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tidewatch-journal");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable work;
    private final Late late;

    /** Is called on a caller's thread, when the caller stopped waiting. */
    interface Late {
        void after(Duration timeout);
    }

    /** @param work what {@link #workIn} runs */
    JournalThread(Runnable work, Late late) {
        this.work = work;
        this.late = late;
    }

    /** Does the work now, and waits for it no longer than the timeout. */
    void work(Duration timeout) {
        scheduled.set(true);
        perform(timeout, () -> {
            workNow();
            return true;
        });
    }

    /** Does the work after a pause, unless it is scheduled already. */
    void workIn(Duration pause) {
        if (scheduled.compareAndSet(false, true)) {
            try {
                var unused = executor.schedule(this::workNow, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug("The journal is closed", closed);
            }
        }
    }

    private void workNow() {
        scheduled.set(false);
        work.run();
    }

    /** @return empty where the task fails, takes longer than the timeout, or the thread was stopped */
    <T> Optional<T> perform(Duration timeout, Callable<T> task) {
        return perform(timeout, task, late);
    }

    /** The same for somebody who only looks: it says nothing of the journal if that takes long. */
    <T> Optional<T> look(Duration timeout, Callable<T> task) {
        return perform(timeout, task, waited -> log.debug("A look into the journal was given up after {}", waited));
    }

    private <T> Optional<T> perform(Duration timeout, Callable<T> task, Late stopped) {
        Future<T> answer;
        try {
            answer = executor.submit(task);
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
            stopped.after(timeout);
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    void stop() {
        executor.shutdownNow();
    }
}
