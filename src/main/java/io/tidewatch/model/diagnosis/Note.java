package io.tidewatch.model.diagnosis;

/** A fact about a target that does not change its state. */
public enum Note {
    LOAD_HOLDS_REPLICAS("LoadHoldsReplicas"),
    CANARY_FEEDS_HPA("CanaryFeedsHpa"),
    METRICS_FAILING_HOLD_REPLICAS("MetricsFailingHoldReplicas"),
    SCALE_IN_PAUSED("ScaleInPaused"),
    RAISED_MANUALLY("RaisedByHand"),
    STABILIZING("Stabilizing"),
    WITHIN_TOLERANCE("WithinTolerance"),
    SCALED_TO_ZERO("ScaledToZero"),
    DISABLED_AT_ZERO("DisabledAtZero"),
    SCALE_DOWN_DELAY("ScaleDownDelay"),
    BROKEN_REVISION_TAKES_CAPACITY("BrokenRevisionTakesCapacity"),
    RESCALED_REPEATEDLY("RescaledRepeatedly"),
    PODS_NOT_FOLLOWED("PodsNotFollowed"),
    LACKED_BEFORE_STEP("LackedBeforeStep");

    private final String word;

    Note(String word) {
        this.word = word;
    }

    /** The word that users and scripts read. */
    public String word() {
        return word;
    }
}
