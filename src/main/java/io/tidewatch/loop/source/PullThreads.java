package io.tidewatch.loop.source;

import io.tidewatch.loop.DaemonThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs side by side, each on a daemon thread of its own, at most so many at one time. A job that has not ended at
 * its deadline is given up: the next job may take its place from then on, whether its thread ends or not.
 */
public final class PullThreads {

    /** The number of pulls of all sources that may run at one time. */
    public static final int AT_ONCE = 16;

    private static final String NAME = "tidewatch-git-";
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final int places;
    private final Deadlines deadlines;
    private final Starter starter;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();
    private int running;
    private boolean closed;

    /** A job to run; no method but {@link #work} takes long. */
    public interface Job {

        String name();

        /** The time from its beginning after which the job is given up. */
        Duration deadline();

        /** The job itself, called on a thread of its own. */
        void work();

        /** The job threw this, or could not begin; {@link #ended} follows. */
        void failed(Throwable why);

        /** Its deadline has passed while it worked. */
        void givenUp(Optional<Thread> thread);

        /** Its thread has ended, in time or not. */
        void ended(boolean inTime);
    }

    /** Runs a task once, later. */
    @FunctionalInterface
    public interface Deadlines {

        /** @return cancels the deadline */
        Runnable in(Duration length, Runnable then);
    }

    /** Starts a thread of this name. */
    @FunctionalInterface
    public interface Starter {
        void start(Runnable task, String name);
    }

    public PullThreads(int places, Deadlines deadlines, Starter starter) {
        this.places = places;
        this.deadlines = deadlines;
        this.starter = starter;
    }

    /** Threads whose deadlines are in real time. */
    public static PullThreads inRealTime() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> DaemonThread.of(task, NAME + "deadlines"));
        timer.setRemoveOnCancelPolicy(true);
        return new PullThreads(
                AT_ONCE,
                (length, then) -> {
                    ScheduledFuture<?> armed = timer.schedule(then, length.toMillis(), TimeUnit.MILLISECONDS);
                    return () -> armed.cancel(false);
                },
                (task, name) -> DaemonThread.of(task, name).start());
    }

    /** Runs the job as soon as there is a place, in the order of the calls. */
    public synchronized void start(Job job) {
        waiting.add(job);
        next();
    }

    private synchronized void next() {
        while (!closed && running < places) {
            Job job = waiting.poll();
            if (job == null) {
                return;
            }
            running++;
            launch(job);
        }
    }

    private void launch(Job job) {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<@Nullable Thread> own = new AtomicReference<>();
        Runnable disarm = deadlines.in(job.deadline(), () -> {
            if (ended.compareAndSet(false, true)) {
                try {
                    job.givenUp(Optional.ofNullable(own.get()));
                } finally {
                    left();
                }
            }
        });
        try {
            starter.start(
                    () -> {
                        own.set(Thread.currentThread());
                        begun(Thread.currentThread());
                        try {
                            job.work();
                        } catch (Throwable failed) {
                            job.failed(failed);
                        } finally {
                            gone(Thread.currentThread());
                            end(job, ended, disarm);
                        }
                    },
                    NAME + job.name());
        } catch (Throwable noThread) {
            job.failed(noThread);
            end(job, ended, disarm);
        }
    }

    private void end(Job job, AtomicBoolean ended, Runnable disarm) {
        disarm.run();
        boolean inTime = ended.compareAndSet(false, true);
        try {
            job.ended(inTime);
        } finally {
            if (inTime) {
                left();
            }
        }
    }

    private synchronized void begun(Thread thread) {
        threads.add(thread);
    }

    private synchronized void gone(Thread thread) {
        threads.remove(thread);
    }

    private synchronized void left() {
        running--;
        next();
    }

    /** Starts no more jobs, interrupts those that run, and waits a moment for them. */
    public void close() throws InterruptedException {
        Set<Thread> left;
        synchronized (this) {
            closed = true;
            waiting.clear();
            left = Set.copyOf(threads);
        }
        left.forEach(Thread::interrupt);
        long end = System.nanoTime() + FAREWELL.toNanos();
        for (Thread thread : left) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }
}
