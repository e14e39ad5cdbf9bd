package io.tidewatch.plan;

/** Whose minimum stands on a live ScaledObject. */
sealed interface MinimumVerdict {

    /** The live values are the desired values, so no request is sent. */
    record Right() implements MinimumVerdict {}

    /**
     * We write.
     *
     * @param force another manager owns the field and the schedule lets us take it
     * @param takeover somebody changed our value since we wrote it: counts against the one take-over per stretch
     */
    record Write(boolean force, boolean takeover) implements MinimumVerdict {}

    /** Somebody raised it: it stays. */
    record RaisedManually(int live) implements MinimumVerdict {}

    /** Somebody changed it, and taking it back is spent or not allowed. */
    record Conflict(String manager) implements MinimumVerdict {}
}
