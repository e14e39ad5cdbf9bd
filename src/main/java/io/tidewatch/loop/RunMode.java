package io.tidewatch.loop;

/** Whether the reconciler writes to the cluster. */
public enum RunMode {
    /** Decides, writes, checks and alerts. */
    ACT,
    /** Decides, checks and alerts; writes nothing. */
    OBSERVE
}
