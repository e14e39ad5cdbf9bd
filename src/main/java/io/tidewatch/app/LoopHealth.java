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
 * The health of the loop: which stage of a pass runs, and how the last passes ended. Durations are of the monotonic clock,
 * instants of the clock that decisions are made by. Any thread may call.
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
     * The pass that runs now.
     *
     * @param lasted since it began
     * @param still since a stage last began or ended
     */
    record Running(String stage, Duration lasted, Duration still) {}

    /** Called when a pass has ended or failed, on the thread of the pass. */
    interface Listener {

        void ended(Duration took);

        /** @param why the stage and the error, in one line */
        void failed(String why, int inARow, Duration took);

        /** The same for both, in this order. */
        default Listener and(Listener other) {
            Listener first = this;
            return new Listener() {
                @Override
                public void ended(Duration took) {
                    first.ended(took);
                    other.ended(took);
                }

                @Override
                public void failed(String why, int inARow, Duration took) {
                    first.failed(why, inARow, took);
                    other.failed(why, inARow, took);
                }
            };
        }
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

    /** @param stage the stage that failed */
    void passFails(String stage, Throwable error) {
        String why = stage + ": " + words(error);
        int inARow;
        Duration took;
        synchronized (this) {
            took = since(lastBegan);
            state = state.failed(clock.instant(), why);
            inARow = state.failedInARow();
        }
        listener.failed(why, inARow, took);
    }

    synchronized LoopState state() {
        return state;
    }

    synchronized Optional<Running> running() {
        return state.stage().map(stage -> new Running(stage, since(lastBegan), since(progress)));
    }

    /** The time since the last pass began; before the first pass, the time since the start. */
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
