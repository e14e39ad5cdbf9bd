package io.tidewatch.model.definition;

import java.time.Duration;

/**
 * A remedy that a schedule allows, and its bound.
 *
 * @param every the pause after an attempt, before any other attempt
 * @param by how much longer {@link Type#EXTEND_PROGRESS_DEADLINE} makes the deadline
 */
public record RemedyPolicy(Type type, int attempts, Duration every, Duration by) {

    /** How much longer a deadline becomes where the schedule does not say. */
    public static final Duration EXTENSION = Duration.ofMinutes(10);

    public RemedyPolicy(Type type, int attempts, Duration every) {
        this(type, attempts, every, EXTENSION);
    }

    /** The remedies, from gentle to rough. */
    public enum Type {
        NUDGE_REPLICA_SETS("NudgeReplicaSets", 3, "nudge"),
        NUDGE_ROLLOUT("NudgeRollout", 3, "nudge of the Rollout"),
        RESTART_ROLLOUT("RestartRollout", 1, "restart"),
        EXTEND_PROGRESS_DEADLINE("ExtendProgressDeadline", 1, "longer deadline");

        private final String word;
        private final int attempts;
        private final String noun;

        Type(String word, int attempts, String noun) {
            this.word = word;
            this.attempts = attempts;
            this.noun = noun;
        }

        /** As schedules and annotations write it. */
        public String word() {
            return word;
        }

        /** How often it is tried in a period where the schedule does not say. */
        public int defaultAttempts() {
            return attempts;
        }

        /** One attempt of it, in a sentence. */
        public String noun() {
            return noun;
        }

        /** Whether it writes to the Rollout, and not to ReplicaSets. */
        public boolean changesRollout() {
            return this != NUDGE_REPLICA_SETS;
        }

        /** Whether it is for a stale status. */
        public boolean curesStatus() {
            return this != EXTEND_PROGRESS_DEADLINE;
        }
    }
}
