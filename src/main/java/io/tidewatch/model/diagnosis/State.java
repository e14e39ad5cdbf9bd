package io.tidewatch.model.diagnosis;

/** The verdict of a diagnosis on a target. */
public enum State {
    /** Proven on live objects: minimum set, HPA follows, pods available, and the status agrees. */
    CONVERGED("Converged", false),

    /** Enough pods serve; the Rollout is paused. */
    CONVERGED_PAUSED("ConvergedPaused", false),

    /** Enough pods serve; the Rollout was aborted. */
    CONVERGED_ABORTED("ConvergedAborted", false),

    /** Enough pods serve; the Rollout is in mid-update. */
    CONVERGED_UPDATING("ConvergedUpdating", false),

    /** Within its time; the hop tells where it waits. */
    WAITING("Waiting", false),

    /** Accepted; a person has stopped it from taking effect. */
    DEFERRED("Deferred", false),

    /** Pods are right, the status is not, for longer than the grace. */
    STALE_STATUS("StaleStatus", true),

    /** Late: its time has passed and pods are missing, for the reason in the cause. */
    AVAILABILITY_LAG("AvailabilityLag", true),

    /** Cannot move until a person acts. */
    BLOCKED("Blocked", true),

    /** Another writer holds the minimum. */
    CONFLICT("Conflict", true),

    /** Rejected or invalid. */
    FAILED("Failed", true),

    /** Not provable from what was seen. */
    UNKNOWN("Unknown", true);

    private final String word;
    private final boolean problem;

    State(String word, boolean problem) {
        this.word = word;
        this.problem = problem;
    }

    /** The word that users and scripts read. */
    public String word() {
        return word;
    }

    /** Whether a person or a remedy is needed; {@code diagnose} then exits with 1. */
    public boolean isProblem() {
        return problem;
    }

    /** Whether enough pods are available and the target waits for nothing. */
    public boolean isConverged() {
        return switch (this) {
            case CONVERGED, CONVERGED_PAUSED, CONVERGED_ABORTED, CONVERGED_UPDATING -> true;
            default -> false;
        };
    }
}
