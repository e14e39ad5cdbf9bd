package io.tidewatch.cluster.heartbeat;

import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request to the API server every few seconds, and reports an outage when there was no answer for ten seconds and at
 * least two requests in a row have failed.
 *
 * <p>One thread keeps the time and never waits for the network. Requests run on threads of their own, at most two, and each is
 * cancelled after a few seconds. Time is counted by the monotonic clock, whatever the wall clock does.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private static final int MAX_REQUESTS = 2;
    private static final int FAILURES_OF_AN_OUTAGE = 2;

    private final ApiServerProbe probe;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final ExecutorService requests;
    private final Listener listener;
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable Future<?> ticking;

    /** The request that has no answer yet. */
    private @Nullable Future<Answer> pending;

    private long sentAt;
    private long nextAt;
    private long answeredAt;
    private int failures;
    private volatile State state = State.IN_DOUBT;
    private volatile long tickedAt;

    /** What is known of the API server. */
    public enum State {
        /** The last request was answered. */
        ANSWERS,
        /** It has not answered yet, or the last request failed, but not for long enough to be an outage. */
        IN_DOUBT,
        /** An outage. */
        UNREACHABLE
    }

    /**
     * When requests are sent, and when missing answers are an outage.
     *
     * @param period from one request to the next
     * @param retry from a failure to the next request
     * @param timeout of one request
     * @param outageAfter the time without an answer after which there is an outage
     * @param tick how often the time is checked
     */
    public record Pace(Duration period, Duration retry, Duration timeout, Duration outageAfter, Duration tick) {

        public static final Pace DEFAULT = new Pace(
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofMillis(500));
    }

    /** Is called once for each change, by the thread that keeps the time. No method may wait. */
    public interface Listener {

        /** @param error why the last request failed */
        void outageBegan(Throwable error);

        void outageEnded();

        /** Called for each answer. */
        void answered(Answer answer);

        /** Called at each tick, after all else. */
        void ticked();
    }

    public Heartbeat(ApiServerProbe probe, Pace pace, Listener listener) {
        this(probe, pace, System::nanoTime, threads(), listener);
    }

    /** With a clock and threads of the caller; {@link #start} is not needed where the caller calls {@link #tick}. */
    public Heartbeat(
            ApiServerProbe probe, Pace pace, LongSupplier nanoTime, ExecutorService requests, Listener listener) {
        this.probe = probe;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.requests = requests;
        this.listener = listener;
        this.answeredAt = nanoTime.getAsLong();
        this.nextAt = answeredAt;
        this.tickedAt = answeredAt;
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0,
                MAX_REQUESTS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "tidewatch-heartbeat-request"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Sends requests from now on. */
    public synchronized void start() {
        ScheduledExecutorService ticks =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "tidewatch-heartbeat"));
        ticking = ticks.scheduleWithFixedDelay(this::guardedTick, 0, pace.tick().toMillis(), TimeUnit.MILLISECONDS);
        ticker = ticks;
    }

    public State state() {
        return state;
    }

    /** Whether there is an outage. */
    public boolean isOutage() {
        return state == State.UNREACHABLE;
    }

    /** Whether the thread that keeps the time has come round within this time. */
    public boolean isAlive(Duration within) {
        return nanoTime.getAsLong() - tickedAt < within.toNanos();
    }

    /** A tick that throws would end all later ones. */
    private void guardedTick() {
        try {
            tick();
            listener.ticked();
        } catch (Throwable e) {
            log.error("the heartbeat continues after an internal error", e);
        }
    }

    /** Takes an answer, cancels a request that takes too long, and sends the next request. Never waits. */
    public void tick() {
        long now = nanoTime.getAsLong();
        tickedAt = now;
        checkPending(now);
        if (pending == null && now - nextAt >= 0) {
            send(now);
        }
    }

    private void send(long now) {
        sentAt = now;
        nextAt = now + probe.period(pace.period()).toNanos();
        try {
            pending = requests.submit(probe::send);
        } catch (RejectedExecutionException noThreadIsFree) {
            failed(now, new IllegalStateException("earlier requests have not returned", noThreadIsFree));
        }
    }

    private void checkPending(long now) {
        Future<Answer> request = pending;
        if (request == null) {
            return;
        }
        if (request.isDone()) {
            pending = null;
            done(request, now);
        } else if (now - sentAt >= pace.timeout().toNanos()) {
            pending = null;
            request.cancel(true);
            failed(
                    now,
                    new IllegalStateException(
                            "no answer within " + pace.timeout().toSeconds() + " s"));
        }
    }

    private void done(Future<Answer> request, long now) {
        try {
            Answer answer = request.get();
            answeredAt = now;
            failures = 0;
            listener.answered(answer);
            boolean wasOutage = isOutage();
            state = State.ANSWERS;
            if (wasOutage) {
                listener.outageEnded();
            }
        } catch (ExecutionException failure) {
            failed(now, failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(long now, Throwable error) {
        failures++;
        nextAt = Math.min(nextAt, now + pace.retry().toNanos());
        if (isOutage()) {
            return;
        }
        boolean lasts = failures >= FAILURES_OF_AN_OUTAGE
                && now - answeredAt >= pace.outageAfter().toNanos();
        state = lasts ? State.UNREACHABLE : State.IN_DOUBT;
        if (lasts) {
            listener.outageBegan(error);
        }
    }

    @Override
    public synchronized void close() {
        if (ticking != null) {
            ticking.cancel(true);
        }
        if (ticker != null) {
            ticker.shutdownNow();
        }
        requests.shutdownNow();
    }
}
