package io.tidewatch.model.cluster;

/** The names under which fields are owned in the cluster. */
public final class FieldManagers {

    /** Owns the fields of Tidewatch, for as long as a definition has them. */
    public static final String TIDEWATCH = "tidewatch";

    /** Holds spec.replicas of Rollouts that we created, and never speaks again: the autoscaler takes it from there. */
    public static final String INITIAL_REPLICAS = "tidewatch-initial-replicas";

    /** The Argo Rollouts controller writes back what others applied; its ownership is never a conflict. */
    public static final String ROLLOUTS_CONTROLLER = "rollouts-controller";

    private FieldManagers() {}
}
