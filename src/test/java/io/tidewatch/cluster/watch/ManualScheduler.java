package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.heartbeat.EndlessExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what is executed at once and what is scheduled when a test lets the time come, all on the test's thread. */
final class ManualScheduler extends EndlessExecutor implements ScheduledExecutorService {

    private static final long HALF_A_SECOND = Duration.ofMillis(500).toNanos();

    private final List<Task> waiting = new ArrayList<>();
    private long nanos;

    long nanos() {
        return nanos;
    }

    int seconds() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    void passHalfSecond() {
        nanos += HALF_A_SECOND;
    }

    /** Runs all that is due, in the order of its instants; also what becomes due by it. */
    void runDue() {
        Optional<Task> due = nextDue();
        while (due.isPresent()) {
            waiting.remove(due.get());
            due.get().run();
            due = nextDue();
        }
    }

    private Optional<Task> nextDue() {
        waiting.removeIf(Task::isCancelled);
        return waiting.stream().filter(task -> task.at <= nanos).min(Comparator.comparingLong(task -> task.at));
    }

    private final class Task extends FutureTask<Void> implements RunnableScheduledFuture<Void> {

        private final long at;

        Task(Runnable command, long at) {
            super(command, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, nanos + unit.toNanos(delay));
        waiting.add(task);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
