package io.tidewatch.cluster;

import io.tidewatch.cluster.ApiServerProbe.Answer;
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
 * Whether the API server is there: it is asked every few seconds, and taken for unreachable when it has not answered for ten
 * seconds and at least two questions in a row have failed.
 *
 * <p>One thread keeps the time and never waits for the network; questions run on threads of their own, two at most, and each
 * is given up after a few seconds. Time is counted by a clock that never leaps, whatever the wall clock does.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private static final int QUESTIONS_AT_ONCE = 2;
    private static final int FAILURES_IN_A_ROW = 2;

    private final ApiServerProbe probe;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final ExecutorService questions;
    private final Listener listener;
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable Future<?> ticking;

    private @Nullable Future<Answer> asked;
    private long askedAt;
    private long nextAt;
    private long answeredAt;
    private int failures;
    private volatile State state = State.IN_DOUBT;

    /** What is known of the API server. */
    enum State {
        /** The last request was answered. */
        ANSWERS,
        /** It has not answered yet, or the last request failed, and that has not lasted long enough for an outage. */
        IN_DOUBT,
        /** An outage. */
        UNREACHABLE
    }

    /**
     * When is asked, and when the API server is taken for unreachable.
     *
     * @param period from one question to the next
     * @param again from a failure to the next question
     * @param patience for one answer
     * @param lostAfter without an answer for so long
     * @param tick how often is looked at the time
     */
    record Pace(Duration period, Duration again, Duration patience, Duration lostAfter, Duration tick) {

        static final Pace DEFAULT = new Pace(
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofMillis(500));
    }

    /** Is told of each change once, by the thread that keeps the time. */
    interface Listener {

        /** @param why the last question failed */
        void lost(Throwable why);

        void reachableAgain();

        /** It is there, and answered this; told at each answer. */
        void answered(Answer answer);

        /** Time has been looked at, every half second; must not wait for anything. */
        void ticked();
    }

    Heartbeat(ApiServerProbe probe, Pace pace, Listener listener) {
        this(probe, pace, System::nanoTime, threads(), listener);
    }

    Heartbeat(ApiServerProbe probe, Pace pace, LongSupplier nanoTime, ExecutorService questions, Listener listener) {
        this.probe = probe;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.questions = questions;
        this.listener = listener;
        this.answeredAt = nanoTime.getAsLong();
        this.nextAt = answeredAt;
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0,
                QUESTIONS_AT_ONCE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "tidewatch-heartbeat-question"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Asks from now on. */
    synchronized void start() {
        ScheduledExecutorService ticks =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "tidewatch-heartbeat"));
        ticking = ticks.scheduleWithFixedDelay(this::guardedTick, 0, pace.tick().toMillis(), TimeUnit.MILLISECONDS);
        ticker = ticks;
    }

    State state() {
        return state;
    }

    /** Whether there is an outage. */
    boolean isLost() {
        return state == State.UNREACHABLE;
    }

    /** A tick that throws would end all later ones. */
    private void guardedTick() {
        try {
            tick();
            listener.ticked();
        } catch (Throwable e) {
            log.error("the heartbeat goes on after an error of its own", e);
        }
    }

    /** Looks at the time: takes an answer, gives up a question, asks the next. Never waits. */
    void tick() {
        long now = nanoTime.getAsLong();
        take(now);
        if (asked == null && now - nextAt >= 0) {
            ask(now);
        }
    }

    private void ask(long now) {
        askedAt = now;
        nextAt = now + pace.period().toNanos();
        try {
            asked = questions.submit(probe::ask);
        } catch (RejectedExecutionException bothAreStuck) {
            failed(now, new IllegalStateException("earlier questions have not come back", bothAreStuck));
        }
    }

    private void take(long now) {
        Future<Answer> question = asked;
        if (question == null) {
            return;
        }
        if (question.isDone()) {
            asked = null;
            done(question, now);
        } else if (now - askedAt >= pace.patience().toNanos()) {
            asked = null;
            question.cancel(true);
            failed(
                    now,
                    new IllegalStateException(
                            "no answer within " + pace.patience().toSeconds() + " s"));
        }
    }

    private void done(Future<Answer> question, long now) {
        try {
            Answer answer = question.get();
            answeredAt = now;
            failures = 0;
            listener.answered(answer);
            boolean wasLost = isLost();
            state = State.ANSWERS;
            if (wasLost) {
                listener.reachableAgain();
            }
        } catch (ExecutionException failure) {
            failed(now, failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(long now, Throwable why) {
        failures++;
        nextAt = Math.min(nextAt, now + pace.again().toNanos());
        if (isLost()) {
            return;
        }
        boolean lasts = failures >= FAILURES_IN_A_ROW
                && now - answeredAt >= pace.lostAfter().toNanos();
        state = lasts ? State.UNREACHABLE : State.IN_DOUBT;
        if (lasts) {
            listener.lost(why);
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
        questions.shutdownNow();
    }
}
