package io.tidewatch.app;

import io.tidewatch.loop.DaemonThread;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that may take long, or never end, away from the watchdog's thread: each kind on a thread of its own, one task of a
 * kind at a time. So a task that hangs costs one thread and delays no other kind.
 */
final class WatchdogTasks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchdogTasks.class);

    private static final int IDLE_SECONDS = 30;

    private final ConcurrentMap<String, Task> tasks = new ConcurrentHashMap<>();

    private record Task(ExecutorService thread, Future<?> last) {}

    /** Runs the task, unless the last task of this kind has not ended yet. */
    synchronized void start(String kind, Runnable work) {
        Task before = tasks.get(kind);
        if (before != null && !before.last().isDone()) {
            return;
        }
        ExecutorService own = before == null ? thread("tidewatch-starts-" + kind) : before.thread();
        tasks.put(kind, new Task(own, own.submit(() -> guarded(kind, work))));
    }

    /** One thread at a time, which ends when it has nothing to do. */
    private static ExecutorService thread(String name) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1),
                task -> DaemonThread.of(task, name));
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** Whether the last task of this kind has ended. */
    boolean isDone(String kind) {
        @Nullable Task task = tasks.get(kind);
        return task == null || task.last().isDone();
    }

    /** Runs the work and logs whatever it throws: a scheduled task that throws is never run again. */
    static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable error) {
            log.error("{} goes on after an internal error", what, error);
        }
    }

    @Override
    public void close() {
        tasks.values().forEach(task -> task.thread().shutdownNow());
    }
}
