package io.tidewatch.app;

import io.tidewatch.loop.Failures;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.report.LoopState;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is known of the passes: which one runs, in which stage, and how the last ones ended. Durations are counted by a clock
 * that never leaps; instants are those of the clock that decisions are made by. Any thread may call.
 */
final class LoopHealth {

    private static final String PASS = "pass";

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private LoopState state = LoopState.NONE;
    private long lastBegan;
    private long progress;

    /**
     * A pass that runs.
     *
     * @param lasted since it began
     * @param still since a stage last began or ended
     */
    record Running(String stage, Duration lasted, Duration still) {}

    /** Told of each pass once it is over, on the thread of the pass. */
    interface Listener {

        void ended(Duration took);

        /** @param why the stage and the error, in one line */
        void failed(String why, int inARow);
    }

    LoopHealth(Clock clock, LongSupplier nanoTime, Listener listener) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.lastBegan = nanoTime.getAsLong();
        this.progress = lastBegan;
    }

    synchronized void passBegins() {
        lastBegan = nanoTime.getAsLong();
        progress = lastBegan;
        state = state.begun(clock.instant(), PASS);
    }

    synchronized void stageBegins(String stage) {
        progress = nanoTime.getAsLong();
        state = state.in(stage);
    }

    synchronized void stageEnds() {
        progress = nanoTime.getAsLong();
        state = state.in(PASS);
    }

    void passEnds() {
        Duration took;
        synchronized (this) {
            took = since(lastBegan);
            state = state.ended(clock.instant(), took.truncatedTo(ChronoUnit.MILLIS));
        }
        listener.ended(took);
    }

    /** @param stage the one that failed */
    void passFails(String stage, Throwable error) {
        String why = stage + ": " + words(error);
        int inARow;
        synchronized (this) {
            state = state.failed(clock.instant(), why);
            inARow = state.failedInARow();
        }
        listener.failed(why, inARow);
    }

    synchronized LoopState state() {
        return state;
    }

    synchronized Optional<Running> running() {
        return state.stage().map(stage -> new Running(stage, since(lastBegan), since(progress)));
    }

    /** How long ago the last pass began; before the first one, how long ago this was made. */
    synchronized Duration sinceLastBegan() {
        return since(lastBegan);
    }

    private Duration since(long then) {
        return Duration.ofNanos(nanoTime.getAsLong() - then);
    }

    private static String words(Throwable error) {
        Throwable root = Failures.root(error);
        return StrangerText.message(root.getMessage() == null ? root.toString() : root.getMessage());
    }
}
