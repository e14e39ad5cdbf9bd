package io.tidewatch.model.cluster;

/** What targets of a namespace use beside the minimums of ScaledObjects and Rollouts; each needs permissions of its own. */
public enum Use {
    /** Remedies that change Rollouts. */
    REMEDIES,

    /** Remedies that restart Rollouts. */
    RESTARTS,

    /** Minimums of HPAs without KEDA. */
    HPAS,

    /** Targets that scale Deployments. */
    DEPLOYMENTS,

    /** Targets that scale StatefulSets. */
    STATEFUL_SETS
}
