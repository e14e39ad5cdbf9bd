package io.tidewatch.definition.check;

import java.time.Duration;
import java.time.Instant;

/**
 * The step of a target that took longest in its history.
 *
 * @param took from the HPA's minimum to enough available pods
 * @param scheduled when the step was due
 * @param to the new minimum
 */
public record SlowestStep(Duration took, Instant scheduled, int to) {

    /** The slower of two. */
    public SlowestStep or(SlowestStep other) {
        return other.took.compareTo(took) > 0 ? other : this;
    }
}
