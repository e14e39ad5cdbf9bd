package io.tidewatch.model.definition;

import java.time.Duration;

/**
 * How a step is checked.
 *
 * @param follow from our write to the HPA's minimum; past it: lag at the HPA
 * @param timeout from the HPA's minimum to available; past it: lag
 * @param staleGrace how long a status may disagree with live ReplicaSets
 */
public record Checks(BeforeDown beforeDown, Duration follow, Duration timeout, Duration staleGrace) {

    public static final Checks DEFAULT =
            new Checks(BeforeDown.REQUIRE, Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofSeconds(30));

    /** Whether a lowering waits, at most {@link #timeout}, for health. */
    public enum BeforeDown {
        REQUIRE,
        SKIP
    }
}
