package io.tidewatch.app;

import io.tidewatch.loop.SelfIncidents;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that stands still, so that it is restarted: it opens an incident, logs a thread dump, waits a bounded time for
 * both to get out, and exits. Used by the watchdog's thread alone.
 */
final class ProcessEnd {

    private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

    private final WatchdogLimits limits;
    private final WatchdogTasks tasks;
    private final Watchdog.Restarts restarts;
    private final SelfIncidents incidents;
    private final LongSupplier nanoTime;
    private boolean ending;

    ProcessEnd(
            WatchdogLimits limits,
            WatchdogTasks tasks,
            Watchdog.Restarts restarts,
            SelfIncidents incidents,
            LongSupplier nanoTime) {
        this.limits = limits;
        this.tasks = tasks;
        this.restarts = restarts;
        this.incidents = incidents;
        this.nanoTime = nanoTime;
    }

    /** Ends the process. Repeated calls do nothing until {@link #goesOn}. */
    void end(String standstill) {
        if (ending) {
            return;
        }
        ending = true;
        incidents.open(Watchdog.STANDSTILL, standstill + "; the process ends, to be restarted");
        tasks.start(
                "last-log", () -> log.error("{}; the process ends. All threads:\n{}", standstill, ThreadDump.text()));
        awaitBriefly(() -> tasks.isDone("last-log") && restarts.isAllReported());
        limits.exit().accept(WatchdogLimits.STOOD_STILL);
    }

    /** The process does not stand still. */
    void goesOn() {
        ending = false;
    }

    /** Evaluates the condition on another thread, since it may hang like everything else. */
    private void awaitBriefly(BooleanSupplier done) {
        long until = nanoTime.getAsLong() + limits.lastWords().toNanos();
        tasks.start("last-words", () -> {
            while (!done.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                sleep();
            }
        });
        while (!tasks.isDone("last-words")
                && nanoTime.getAsLong() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            sleep();
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
