package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.definition.Checks;
import java.time.Duration;
import java.time.Instant;

/** How long a verdict may last before the target is late, by the schedule's checks. */
record Allowance(Clock clock, Checks checks) {

    Duration length() {
        return switch (clock) {
            case NONE -> Duration.ZERO;
            case FOLLOW -> checks.follow();
            case LOWERING -> checks.timeout().plus(checks.follow());
            case TIMEOUT -> checks.timeout();
            case GRACE -> checks.staleGrace();
        };
    }

    /** The end of a time that began at this instant. */
    Instant after(Instant began) {
        return began.plus(length());
    }

    /** By when the HPA must have a minimum that was written at this instant. */
    Instant followBy(Instant written) {
        return written.plus(checks.follow());
    }
}
