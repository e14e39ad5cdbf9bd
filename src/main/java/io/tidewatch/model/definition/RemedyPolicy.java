package io.tidewatch.model.definition;

import java.time.Duration;

/** A remedy that a schedule allows, and its bound. */
public record RemedyPolicy(Type type, int attempts, Duration every) {

    public enum Type {
        NUDGE_REPLICA_SETS,
        RESTART_ROLLOUT,
        EXTEND_PROGRESS_DEADLINE
    }
}
