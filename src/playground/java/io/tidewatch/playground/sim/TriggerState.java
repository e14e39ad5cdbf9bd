package io.tidewatch.playground.sim;

/** What a ScaledObject's trigger says when KEDA asks it. */
public enum TriggerState {
    ACTIVE,
    /** Nothing to do: with idleReplicaCount, or at a minimum of 0, no pods are wanted. */
    INACTIVE,
    /** It answers with an error: the HPA gets no metrics, and KEDA says TriggerError. */
    FAILING
}
