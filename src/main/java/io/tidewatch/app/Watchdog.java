package io.tidewatch.app;

import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Durations;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every few seconds whether passes, pulls, outbox and survey go on, and restarts those that do not. Its thread waits
 * for nothing and takes no lock that the watched parts may hold. Work that may take long runs on other threads, see {@link
 * WatchdogTasks}.
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

    /** There is at least one pass in this many resyncs. */
    static final int RESYNCS = 2;

    /** After this many periods without a check the process was frozen. */
    static final int PERIODS = 3;

    /** Routes, outbox and survey are restarted once in this many checks. */
    private static final int CHECKS_BETWEEN_RESTARTS = 6;

    private static final String LOOP = "loop";
    static final String STANDSTILL = "standstill";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final WatchdogLimits limits;
    private final Duration resync;
    private final LoopHealth loop;
    private final Restarts restarts;
    private final SelfIncidents incidents;
    private final LongSupplier nanoTime;
    private final WatchdogTasks tasks = new WatchdogTasks();
    private final SourceWatch sources;
    private final ProcessEnd processEnd;
    private final ScheduledExecutorService clockThread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-clock"));
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-watchdog"));
    private volatile Checks checked;

    private int checks = 1;

    /**
     * Instants of the monotonic clock.
     *
     * @param last the last check
     * @param since the start, or the first check after a freeze; only time after it counts
     */
    private record Checks(long last, long since) {}

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
        this.loop = loop;
        this.restarts = restarts;
        this.incidents = incidents;
        this.nanoTime = nanoTime;
        long began = nanoTime.getAsLong();
        this.checked = new Checks(began, began);
        this.sources = new SourceWatch(intervals, sources, incidents);
        this.processEnd = new ProcessEnd(limits, tasks, restarts, incidents, nanoTime);
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
            public void failed(String why, int inARow, Duration took) {
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
                () -> WatchdogTasks.guarded("the clock", () -> tick(leapt)),
                TICK.toMillis(),
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
        var unusedChecks = thread.scheduleWithFixedDelay(
                () -> WatchdogTasks.guarded("the watchdog", this::check),
                limits.period().toMillis(),
                limits.period().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** After the clock was set, work that waits for an instant must check whether the instant has come. */
    void tick(BooleanSupplier leapt) {
        if (leapt.getAsBoolean()) {
            tasks.start("pull", restarts::pullSources);
            tasks.start("outbox", restarts::sendAndSurvey);
            tasks.start("resync", restarts::rearmResync);
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
            processEnd.end(standstill.get());
            return;
        }
        processEnd.goesOn();
        Optional<LoopHealth.Running> running = loop.running();
        running.filter(pass -> counted(pass.lasted(), since).compareTo(limits.longPass()) > 0)
                .ifPresent(pass -> incidents.open(
                        LOOP,
                        "a pass has lasted for " + Durations.words(pass.lasted()) + " and is in stage "
                                + pass.stage()));
        if (running.isEmpty() && loop.sinceLastBegan().compareTo(resync.multipliedBy(RESYNCS)) >= 0) {
            tasks.start("pass", restarts::requestPass);
        }
        if (sources.check(now, since)) {
            tasks.start("pull", restarts::pullSources);
        }
        tasks.start("sources", sources::read);
        if (checks++ % CHECKS_BETWEEN_RESTARTS == 0) {
            tasks.start("routes", restarts::startRoutes);
            tasks.start("outbox", restarts::sendAndSurvey);
        }
    }

    private void afterFreeze(Duration unchecked, long now) {
        tasks.start(
                "log",
                () -> log.warn(
                        "the process was frozen for about {}: that time does not count as a standstill",
                        Durations.words(unchecked)));
        sources.afterFreeze(now);
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

    static Duration between(long then, long now) {
        return Duration.ofNanos(now - then);
    }

    /** Whether the last task of this kind has ended. */
    boolean isDone(String kind) {
        return tasks.isDone(kind);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        clockThread.shutdownNow();
        tasks.close();
    }
}
