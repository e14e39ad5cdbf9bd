package io.tidewatch.model.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest update of a Rollout, as its controller records it in status.duration (Argo Rollouts after v1.10.0-rc1).
 *
 * @param startedAt when the controller took up the update
 * @param finishedAt when the update ended, whichever way; absent while it is under way
 * @param outcome completionStatus, which may be written before the end; empty where it is not known yet
 */
public record UpdateAttempt(Instant startedAt, Optional<Instant> finishedAt, String outcome) {

    /** The precision of times in a status. */
    private static final Duration TO_THE_SECOND = Duration.ofSeconds(1);

    /** Whether it began at this instant or later. */
    public boolean isSince(Instant at) {
        return !startedAt.plus(TO_THE_SECOND).isBefore(at);
    }

    public boolean isUnderWay() {
        return finishedAt.isEmpty();
    }

    /** Whether somebody reverted the Rollout to its earlier pod template while the update was under way. */
    public boolean isRolledBack() {
        return outcome.equals("RolledBack") || outcome.equals("FastRolledBack");
    }

    /** Whether somebody promoted the update past its remaining steps. */
    public boolean isPromotedManually() {
        return outcome.equals("FastPromoted");
    }
}
