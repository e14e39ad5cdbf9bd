package io.tidewatch.app;

/** Whether the one door to the cluster is open. */
public enum RunMode {
    /** Decides, writes, checks and alerts. */
    ACT,
    /** Decides, checks and alerts; writes nothing. */
    OBSERVE
}
