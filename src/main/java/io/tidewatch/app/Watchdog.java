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
 * Looks every few seconds whether everything goes on, and starts what does not: nothing that it watches arms it. Its thread
 * waits for nobody and takes no lock that what it watches may hold; what may take long is done on other threads, one of each kind
 * at a time.
 *
 * <p>A process that was frozen, by a stopped virtual machine or a laptop that slept, has not stood still: whoever froze it froze
 * this thread as well. When more than {@link #PERIODS} periods lie between two looks, nothing is judged by the time before.
 *
 * <p>A pass without progress is never joined by a second one: after {@link WatchdogLimits#standstill} the process ends, with a thread dump
 * in the log, so that it is started anew.
 */
final class Watchdog implements AutoCloseable {

    /** After so many failed passes in a row receivers are told. */
    static final int FAILURES = 3;

    /** A source that was not asked for so many of its intervals is told of. */
    static final int INTERVALS = 3;

    /** A pass is made at least once in so many resyncs. */
    static final int RESYNCS = 2;

    /** After so many periods without a look the process was frozen. */
    static final int PERIODS = 3;

    /** Routes, outbox, survey and pulls are looked after once in so many looks. */
    private static final int LOOKS_BETWEEN_ROUNDS = 6;

    private static final String LOOP = "loop";
    private static final String STANDSTILL = "standstill";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final WatchdogLimits vigil;
    private final Duration resync;
    private final Map<String, Duration> intervals;
    private final LoopHealth loop;
    private final Supplier<List<SourceHealth>> sources;
    private final Works works;
    private final SelfIncidents incidents;
    private final LongSupplier nanoTime;
    private final Map<String, Asked> asked = new HashMap<>();
    private final ConcurrentMap<String, Errand> errands = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clockThread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-clock"));
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "tidewatch-watchdog"));
    private volatile Looks lookedAt;

    /** How the sources stood when that was asked last; by name. */
    private volatile Map<String, SourceHealth> known = Map.of();

    private int looks = 1;
    private boolean ending;

    /** @param nanos when it was first seen that the source was last asked at {@code at} */
    private record Asked(Optional<Instant> at, long nanos) {}

    /**
     * Instants of the monotonic clock.
     *
     * @param last when it looked last
     * @param since the beginning, or the look after the process was frozen; only what came later is judged
     */
    private record Looks(long last, long since) {}

    private record Errand(ExecutorService thread, Future<?> last) {}

    /** What the watchdog can start. Each may take long, or never end. */
    interface Works {

        /** Asks for a pass. */
        void look();

        /** Asks the sources that are due. */
        void pull();

        /** Sends what is due, and asks the API server what is missing. */
        void outboxAndSurvey();

        /** Counts the time to the next resync from now. */
        void resync();

        /** Starts routes that have stopped. */
        void routes();

        /** Whether the application runs: while it starts or stops, nothing is to go on. */
        boolean isRunning();

        /** Whether receivers were told all that there is to tell. */
        boolean isAllTold();
    }

    /**
     * @param resync how often a pass is made even if nothing happened
     * @param intervals how often each source is asked, by its name
     */
    Watchdog(
            WatchdogLimits vigil,
            Duration resync,
            Map<String, Duration> intervals,
            LoopHealth loop,
            Supplier<List<SourceHealth>> sources,
            Works works,
            SelfIncidents incidents,
            LongSupplier nanoTime) {
        this.vigil = vigil;
        this.resync = resync;
        this.intervals = Map.copyOf(intervals);
        this.loop = loop;
        this.sources = sources;
        this.works = works;
        this.incidents = incidents;
        this.nanoTime = nanoTime;
        long began = nanoTime.getAsLong();
        this.lookedAt = new Looks(began, began);
    }

    /** Tells receivers when passes fail in a row or take long, and when that is over. */
    static LoopHealth.Listener telling(SelfIncidents incidents, WatchdogLimits vigil) {
        return new LoopHealth.Listener() {
            @Override
            public void ended(Duration took) {
                incidents.resolve(STANDSTILL, "a pass came to its end after " + Durations.words(took));
                if (took.compareTo(vigil.longPass()) > 0) {
                    incidents.open(LOOP, "a pass took " + Durations.words(took));
                } else {
                    incidents.resolve(LOOP, "a pass came to its end after " + Durations.words(took));
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
     * Looks from now on.
     *
     * @param leapt whether the clock was set since it was asked last; asked every second
     */
    void start(BooleanSupplier leapt) {
        var unusedTicks = clockThread.scheduleWithFixedDelay(
                () -> guarded("the clock", () -> tick(leapt)), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedLooks = thread.scheduleWithFixedDelay(
                () -> guarded("the watchdog", this::look),
                vigil.period().toMillis(),
                vigil.period().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What waits for an instant of a clock that was set is asked whether that has come. */
    void tick(BooleanSupplier leapt) {
        if (leapt.getAsBoolean()) {
            start("pull", works::pull);
            start("outbox", works::outboxAndSurvey);
            start("resync", works::resync);
        }
    }

    /** What throws would never be called again. */
    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable error) {
            log.error("{} goes on after an error of its own", what, error);
        }
    }

    /** Whether it still looks, and what it looks at makes progress. */
    Optional<String> standstill() {
        Looks before = lookedAt;
        Duration notLooked = between(before.last(), nanoTime.getAsLong());
        if (notLooked.compareTo(vigil.standstill()) > 0) {
            return Optional.of("the watchdog has not looked for " + Durations.words(notLooked));
        }
        return isTooLong(notLooked) ? Optional.empty() : stoodStill(before.since());
    }

    private boolean isTooLong(Duration notLooked) {
        return notLooked.compareTo(vigil.period().multipliedBy(PERIODS)) > 0;
    }

    /** One look. Never waits. */
    void look() {
        long now = nanoTime.getAsLong();
        Duration notLooked = between(lookedAt.last(), now);
        boolean frozen = isTooLong(notLooked);
        lookedAt = new Looks(now, frozen ? now : lookedAt.since());
        if (frozen) {
            thawed(notLooked, now);
        }
        if (!works.isRunning()) {
            return;
        }
        long since = lookedAt.since();
        Optional<String> standstill = stoodStill(since);
        if (standstill.isPresent()) {
            end(standstill.get());
            return;
        }
        ending = false;
        Optional<LoopHealth.Running> running = loop.running();
        running.filter(pass -> counted(pass.lasted(), since).compareTo(vigil.longPass()) > 0)
                .ifPresent(pass -> incidents.open(
                        LOOP,
                        "a pass has lasted for " + Durations.words(pass.lasted()) + " and is in stage "
                                + pass.stage()));
        if (running.isEmpty() && loop.sinceLastBegan().compareTo(resync.multipliedBy(RESYNCS)) >= 0) {
            start("look", works::look);
        }
        intervals.forEach(this::lookAt);
        start("sources", this::askSources);
        if (looks++ % LOOKS_BETWEEN_ROUNDS == 0) {
            start("routes", works::routes);
            start("outbox", works::outboxAndSurvey);
        }
    }

    private void thawed(Duration notLooked, long now) {
        start(
                "log",
                () -> log.warn(
                        "the process was frozen for about {}: nothing is judged by that time",
                        Durations.words(notLooked)));
        asked.replaceAll((source, last) -> new Asked(last.at(), now));
    }

    /** How much of that time was watched. */
    private Duration counted(Duration time, long since) {
        Duration watched = between(since, nanoTime.getAsLong());
        return time.compareTo(watched) < 0 ? time : watched;
    }

    private Optional<String> stoodStill(long since) {
        Optional<LoopHealth.Running> running = loop.running();
        if (running.isPresent()) {
            LoopHealth.Running pass = running.get();
            Duration still = counted(pass.still(), since);
            return still.compareTo(vigil.standstill()) < 0
                    ? Optional.empty()
                    : Optional.of(
                            "a pass has made no progress for " + Durations.words(still) + " in stage " + pass.stage());
        }
        Duration none = counted(loop.sinceLastBegan(), since);
        return none.compareTo(resync.multipliedBy(RESYNCS).plus(vigil.standstill())) < 0
                ? Optional.empty()
                : Optional.of("no pass has begun for " + Durations.words(none));
    }

    private static Duration between(long then, long now) {
        return Duration.ofNanos(now - then);
    }

    /** Whoever pulls may hold the lock that this waits for; the sources then stand as they did. */
    private void askSources() {
        known = sources.get().stream().collect(Collectors.toUnmodifiableMap(SourceHealth::source, source -> source));
    }

    private void lookAt(String source, Duration interval) {
        @Nullable SourceHealth health = known.get(source);
        Optional<Instant> lastAsked = health == null ? Optional.empty() : health.lastAsked();
        Optional<String> trouble = health == null ? Optional.empty() : health.trouble();
        long now = nanoTime.getAsLong();
        Asked last = asked.getOrDefault(source, new Asked(lastAsked, lookedAt.since()));
        if (!last.at().equals(lastAsked)) {
            last = new Asked(lastAsked, now);
        }
        if (health != null) {
            asked.put(source, last);
        }
        Duration since = between(last.nanos(), now);
        String key = "source/" + source;
        if (since.compareTo(interval.multipliedBy(INTERVALS)) > 0) {
            incidents.open(
                    key,
                    "source " + source + " has not been asked for " + Durations.words(since)
                            + trouble.map(why -> ": " + why).orElse(""));
        } else if (trouble.isEmpty() && lastAsked.isPresent()) {
            incidents.resolve(key, "source " + source + " is asked again");
        }
        if (since.compareTo(interval) > 0) {
            start("pull", works::pull);
        }
    }

    /** On a thread of its own, unless the last one of its kind is not back yet. */
    private synchronized void start(String errand, Runnable work) {
        Errand before = errands.get(errand);
        if (before != null && !before.last().isDone()) {
            return;
        }
        ExecutorService own = before == null
                ? Executors.newSingleThreadExecutor(task -> DaemonThread.of(task, "tidewatch-starts-" + errand))
                : before.thread();
        errands.put(errand, new Errand(own, own.submit(() -> guarded(errand, work))));
    }

    private void end(String standstill) {
        if (ending) {
            return;
        }
        ending = true;
        incidents.open(STANDSTILL, standstill + "; the process was ended, to be started anew");
        start("last-log", () -> log.error("{}; the process ends. All threads:\n{}", standstill, ThreadDump.text()));
        awaitBriefly(() -> isDone("last-log") && works.isAllTold());
        vigil.exit().accept(WatchdogLimits.STOOD_STILL);
    }

    /** What is asked may hang like everything else. */
    private void awaitBriefly(BooleanSupplier done) {
        long until = nanoTime.getAsLong() + vigil.lastWords().toNanos();
        start("last-words", () -> {
            while (!done.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                sleep();
            }
        });
        @Nullable Errand waits = errands.get("last-words");
        while (waits != null
                && !waits.last().isDone()
                && nanoTime.getAsLong() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            sleep();
        }
    }

    /** Whether the last one of its kind is back. */
    boolean isDone(String errand) {
        @Nullable Errand one = errands.get(errand);
        return one == null || one.last().isDone();
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
        errands.values().forEach(errand -> errand.thread().shutdownNow());
    }
}
