package io.tidewatch.model.cluster;

/** What schedules of a namespace use beside the minimums of ScaledObjects; each needs permissions of its own. */
public enum Use {
    /** Remedies that change Rollouts. */
    REMEDIES,

    /** Minimums of HPAs without KEDA. */
    HPAS
}
