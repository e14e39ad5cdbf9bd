package io.tidewatch.model.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of the loop, for status and health.
 *
 * @param ended when a pass last ended
 * @param took how long that one took
 * @param failed when a pass last failed
 * @param why it failed: the stage and the error, in one line
 * @param failedInARow how many passes have failed since a pass last ended
 * @param runningSince when the pass began that runs now; absent: none runs
 * @param stage the stage that this one is in
 */
public record LoopState(
        Optional<Instant> ended,
        Optional<Duration> took,
        Optional<Instant> failed,
        Optional<String> why,
        int failedInARow,
        Optional<Instant> runningSince,
        Optional<String> stage) {

    /** No pass has begun yet. */
    public static final LoopState NONE = new LoopState(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty());

    /** A pass begins. */
    public LoopState begun(Instant at, String first) {
        return new LoopState(ended, took, failed, why, failedInARow, Optional.of(at), Optional.of(first));
    }

    /** The pass that runs, if any, is in this stage now. */
    public LoopState in(String other) {
        return new LoopState(ended, took, failed, why, failedInARow, runningSince, runningSince.map(since -> other));
    }

    /** The pass ended. */
    public LoopState ended(Instant at, Duration after) {
        return new LoopState(Optional.of(at), Optional.of(after), failed, why, 0, Optional.empty(), Optional.empty());
    }

    /** The pass failed. */
    public LoopState failed(Instant at, String because) {
        return new LoopState(
                ended,
                took,
                Optional.of(at),
                Optional.of(because),
                failedInARow + 1,
                Optional.empty(),
                Optional.empty());
    }
}
