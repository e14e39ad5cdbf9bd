package io.tidewatch.app;

import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Durations;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every few seconds whether passes, pulls, outbox and survey go on, and restarts those that do not. Its thread waits
 * for nothing and takes no lock that the watched parts may hold. Work that may take long runs on other threads, one task of
 * each kind at a time.
 *
 * <p>A frozen process (a stopped virtual machine, a laptop that slept) has not stood still. The freeze stops this thread, too,
 * so if more than {@link #PERIODS} periods lie between two checks, the time before does not count.
 *
 * <p>No second pass starts beside a pass without progress. After {@link WatchdogLimits#standstill} the process ends, with a
 * thread dump in the log, so that it is restarted.
 */
final class Watchdog implements AutoCloseable {

    /** After this many failed passes in a row an incident opens. */
    static final int FAILURES = 3;

    /** A source without a pull for this many of its intervals is an incident. */
    static final int INTERVALS = 3;

    /** There is at least one pass in this many resyncs. */
    static final int RESYNCS = 2;

    /** After this many periods without a check the process was frozen. */
    static final int PERIODS = 3;

    /** Routes, outbox and survey are restarted once in this many checks. */
    private static final int CHECKS_BETWEEN_RESTARTS = 6;

    private static final String LOOP = "loop";
    private static final String STANDSTILL = "standstill";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final WatchdogLimits limits;
    private final Duration resync;
    private final Map<String, Duration> intervals;
    private final LoopHealth loop;
    private final Supplier<List<SourceHealth>> sources;
    private final Restarts restarts;
    private final SelfIncidents incidents;
    private final LongSupplier nanoTime;
    private final Map<String, LastPull> lastPulls = new HashMap<>();
    private final ConcurrentMap<String, Task> tasks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clockThread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-clock"));
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-watchdog"));
    private volatile Checks checked;

    /** The state of the sources when it was last read, by name. */
    private volatile Map<String, SourceHealth> known = Map.of();

    private int checks = 1;
    private boolean ending;

    /** @param nanos when a check first found that the last pull was at {@code at} */
    private record LastPull(Optional<Instant> at, long nanos) {}

    /**
     * Instants of the monotonic clock.
     *
     * @param last the last check
     * @param since the start, or the first check after a freeze; only time after it counts
     */
    private record Checks(long last, long since) {}

    private record Task(ExecutorService thread, Future<?> last) {}

    /** The work that the watchdog restarts. Each method may take long, or never return. */
    interface Restarts {

        /** Requests a pass. */
        void requestPass();

        /** Pulls the sources that are due. */
        void pullSources();

        /** Sends the messages that are due, and repeats the survey of the cluster while something is missing. */
        void sendAndSurvey();

        /** Counts the time to the next resync from now. */
        void rearmResync();

        /** Starts routes that have stopped. */
        void startRoutes();

        /** Whether the application runs; while it starts or stops, nothing is restarted. */
        boolean isRunning();

        /** Whether receivers have been sent all that there is to send. */
        boolean isAllReported();
    }

    /**
     * @param resync the longest time between two passes
     * @param intervals how often each source is pulled, by its name
     */
    Watchdog(
            WatchdogLimits limits,
            Duration resync,
            Map<String, Duration> intervals,
            LoopHealth loop,
            Supplier<List<SourceHealth>> sources,
            Restarts restarts,
            SelfIncidents incidents,
            LongSupplier nanoTime) {
        this.limits = limits;
        this.resync = resync;
        this.intervals = Map.copyOf(intervals);
        this.loop = loop;
        this.sources = sources;
        this.restarts = restarts;
        this.incidents = incidents;
        this.nanoTime = nanoTime;
        long began = nanoTime.getAsLong();
        this.checked = new Checks(began, began);
    }

    /** Opens an incident when passes fail in a row or take long, and resolves it when a pass ends in time. */
    static LoopHealth.Listener reporting(SelfIncidents incidents, WatchdogLimits limits) {
        return new LoopHealth.Listener() {
            @Override
            public void ended(Duration took) {
                incidents.resolve(STANDSTILL, "a pass ended after " + Durations.words(took));
                if (took.compareTo(limits.longPass()) > 0) {
                    incidents.open(LOOP, "a pass took " + Durations.words(took));
                } else {
                    incidents.resolve(LOOP, "a pass ended after " + Durations.words(took));
                }
            }

            @Override
            public void failed(String why, int inARow) {
                if (inARow >= FAILURES) {
                    incidents.open(LOOP, inARow + " passes in a row have failed, the last in " + why);
                }
            }
        };
    }

    /**
     * Starts the checks.
     *
     * @param leapt whether the clock was set since the call before; called every second
     */
    void start(BooleanSupplier leapt) {
        var unusedTicks = clockThread.scheduleWithFixedDelay(
                () -> guarded("the clock", () -> tick(leapt)), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedChecks = thread.scheduleWithFixedDelay(
                () -> guarded("the watchdog", this::check),
                limits.period().toMillis(),
                limits.period().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** After the clock was set, work that waits for an instant must check whether the instant has come. */
    void tick(BooleanSupplier leapt) {
        if (leapt.getAsBoolean()) {
            start("pull", restarts::pullSources);
            start("outbox", restarts::sendAndSurvey);
            start("resync", restarts::rearmResync);
        }
    }

    /** Catches everything: a scheduled task that throws is never run again. */
    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable error) {
            log.error("{} goes on after an internal error", what, error);
        }
    }

    /** Why the process stands still: the watchdog makes no checks, or the loop no progress. */
    Optional<String> standstill() {
        Checks before = checked;
        Duration unchecked = between(before.last(), nanoTime.getAsLong());
        if (unchecked.compareTo(limits.standstill()) > 0) {
            return Optional.of("the watchdog has made no check for " + Durations.words(unchecked));
        }
        return isTooLong(unchecked) ? Optional.empty() : stoodStill(before.since());
    }

    private boolean isTooLong(Duration unchecked) {
        return unchecked.compareTo(limits.period().multipliedBy(PERIODS)) > 0;
    }

    /** One check. Never waits. */
    void check() {
        long now = nanoTime.getAsLong();
        Duration unchecked = between(checked.last(), now);
        boolean frozen = isTooLong(unchecked);
        checked = new Checks(now, frozen ? now : checked.since());
        if (frozen) {
            afterFreeze(unchecked, now);
        }
        if (!restarts.isRunning()) {
            return;
        }
        long since = checked.since();
        Optional<String> standstill = stoodStill(since);
        if (standstill.isPresent()) {
            end(standstill.get());
            return;
        }
        ending = false;
        Optional<LoopHealth.Running> running = loop.running();
        running.filter(pass -> counted(pass.lasted(), since).compareTo(limits.longPass()) > 0)
                .ifPresent(pass -> incidents.open(
                        LOOP,
                        "a pass has lasted for " + Durations.words(pass.lasted()) + " and is in stage "
                                + pass.stage()));
        if (running.isEmpty() && loop.sinceLastBegan().compareTo(resync.multipliedBy(RESYNCS)) >= 0) {
            start("pass", restarts::requestPass);
        }
        intervals.forEach(this::checkSource);
        start("sources", this::readSources);
        if (checks++ % CHECKS_BETWEEN_RESTARTS == 0) {
            start("routes", restarts::startRoutes);
            start("outbox", restarts::sendAndSurvey);
        }
    }

    private void afterFreeze(Duration unchecked, long now) {
        start(
                "log",
                () -> log.warn(
                        "the process was frozen for about {}: that time does not count as a standstill",
                        Durations.words(unchecked)));
        lastPulls.replaceAll((source, last) -> new LastPull(last.at(), now));
    }

    /** The part of that time that counts. */
    private Duration counted(Duration time, long since) {
        Duration watched = between(since, nanoTime.getAsLong());
        return time.compareTo(watched) < 0 ? time : watched;
    }

    private Optional<String> stoodStill(long since) {
        Optional<LoopHealth.Running> running = loop.running();
        if (running.isPresent()) {
            LoopHealth.Running pass = running.get();
            Duration still = counted(pass.still(), since);
            return still.compareTo(limits.standstill()) < 0
                    ? Optional.empty()
                    : Optional.of(
                            "a pass has made no progress for " + Durations.words(still) + " in stage " + pass.stage());
        }
        Duration none = counted(loop.sinceLastBegan(), since);
        return none.compareTo(resync.multipliedBy(RESYNCS).plus(limits.standstill())) < 0
                ? Optional.empty()
                : Optional.of("no pass has begun for " + Durations.words(none));
    }

    private static Duration between(long then, long now) {
        return Duration.ofNanos(now - then);
    }

    /** A pull may hold the lock that this waits for; the state read before then counts. */
    private void readSources() {
        known = sources.get().stream().collect(Collectors.toUnmodifiableMap(SourceHealth::source, source -> source));
    }

    private void checkSource(String source, Duration interval) {
        @Nullable SourceHealth health = known.get(source);
        Optional<Instant> pulled = health == null ? Optional.empty() : health.lastAsked();
        Optional<String> trouble = health == null ? Optional.empty() : health.trouble();
        long now = nanoTime.getAsLong();
        LastPull last = lastPulls.getOrDefault(source, new LastPull(pulled, checked.since()));
        if (!last.at().equals(pulled)) {
            last = new LastPull(pulled, now);
        }
        if (health != null) {
            lastPulls.put(source, last);
        }
        Duration since = between(last.nanos(), now);
        String key = "source/" + source;
        if (since.compareTo(interval.multipliedBy(INTERVALS)) > 0) {
            incidents.open(
                    key,
                    "source " + source + " has not been pulled for " + Durations.words(since)
                            + trouble.map(why -> ": " + why).orElse(""));
        } else if (trouble.isEmpty() && pulled.isPresent()) {
            incidents.resolve(key, "source " + source + " is pulled again");
        }
        if (since.compareTo(interval) > 0) {
            start("pull", restarts::pullSources);
        }
    }

    /** Runs the task on its own thread, unless the last task of this kind has not ended yet. */
    private synchronized void start(String kind, Runnable work) {
        Task before = tasks.get(kind);
        if (before != null && !before.last().isDone()) {
            return;
        }
        ExecutorService own = before == null
                ? Executors.newSingleThreadExecutor(task -> DaemonThread.of(task, "tidewatch-starts-" + kind))
                : before.thread();
        tasks.put(kind, new Task(own, own.submit(() -> guarded(kind, work))));
    }

    private void end(String standstill) {
        if (ending) {
            return;
        }
        ending = true;
        incidents.open(STANDSTILL, standstill + "; the process ends, to be restarted");
        start("last-log", () -> log.error("{}; the process ends. All threads:\n{}", standstill, ThreadDump.text()));
        awaitBriefly(() -> isDone("last-log") && restarts.isAllReported());
        limits.exit().accept(WatchdogLimits.STOOD_STILL);
    }

    /** Evaluates the condition on another thread, since it may hang like everything else. */
    private void awaitBriefly(BooleanSupplier done) {
        long until = nanoTime.getAsLong() + limits.lastWords().toNanos();
        start("last-words", () -> {
            while (!done.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                sleep();
            }
        });
        @Nullable Task waits = tasks.get("last-words");
        while (waits != null
                && !waits.last().isDone()
                && nanoTime.getAsLong() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            sleep();
        }
    }

    /** Whether the last task of this kind has ended. */
    boolean isDone(String kind) {
        @Nullable Task task = tasks.get(kind);
        return task == null || task.last().isDone();
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        clockThread.shutdownNow();
        tasks.values().forEach(task -> task.thread().shutdownNow());
    }
}
