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
    STATEFUL_SETS,

    /** Deployments of a source that lists them among the kinds that it applies. */
    APPLIED_DEPLOYMENTS,

    /** StatefulSets of a source that lists them. */
    APPLIED_STATEFUL_SETS,

    /** HPAs of a source that lists them. */
    APPLIED_HPAS
}
