package io.tidewatch.model.preflight;

import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;

/** What can keep a raise from being ready in time. */
public enum Risk {
    HOLD(Cause.HOLD),
    FIELD_CONFLICT(Cause.FIELD_CONFLICT),
    SCALED_OBJECT_PAUSED(Cause.SCALED_OBJECT_PAUSED),
    KEDA_NOT_SELECTING(Cause.KEDA_NOT_SELECTING),
    KEDA_NOT_FOLLOWING(Cause.KEDA_NOT_FOLLOWING),
    IDLE_WITHOUT_ACTIVITY(Cause.IDLE_WITHOUT_ACTIVITY),
    HPA_CAPPED(Cause.HPA_CAPPED),
    HPA_NOT_SCALING(Cause.HPA_NOT_SCALING),
    TARGET_MISSING(Cause.TARGET_MISSING),
    INVALID_SPEC(Cause.INVALID_SPEC),
    ROLLOUTS_CONTROLLER_NOT_FOLLOWING(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING),
    ROLLOUT_PAUSED(Cause.ROLLOUT_PAUSED),
    INCONCLUSIVE_ANALYSIS(Cause.INCONCLUSIVE_ANALYSIS),
    BROKEN_REVISION("BrokenRevisionTakesCapacity"),
    UPDATE_IN_FLIGHT("UpdateInFlight"),
    DEADLINE_OWNED("ProgressDeadlineOwned"),
    QUOTA_EXCEEDED(Cause.QUOTA_EXCEEDED),
    UNSCHEDULABLE(Cause.UNSCHEDULABLE),
    SHORT_LEAD("ShortLead");

    private final String word;
    private final Optional<Cause> cause;

    Risk(Cause cause) {
        this.word = cause.word();
        this.cause = Optional.of(cause);
    }

    Risk(String word) {
        this.word = word;
        this.cause = Optional.empty();
    }

    /** The word that users and scripts read: that of the cause, where the raise would fail for one. */
    public String word() {
        return word;
    }

    /** The cause that a diagnosis would name after the raise. */
    public Optional<Cause> cause() {
        return cause;
    }
}
