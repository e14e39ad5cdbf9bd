package io.tidewatch.playground.sim;

/** The state of a ScaledObject's triggers, as KEDA gets it. */
public enum TriggerState {
    ACTIVE,
    /** Nothing to do: with idleReplicaCount, or at a minimum of 0, no pods are wanted. */
    INACTIVE,
    /** The trigger answers with an error: the HPA gets no metrics, and KEDA reports TriggerError. */
    FAILING
}
