package io.tidewatch.model.diagnosis;

import io.tidewatch.model.WorkloadKind;
import java.util.Map;

/** A link of the chain from a minimum to a serving pod, in the order in which a step travels. */
public enum Hop {
    SCALED_OBJECT("ScaledObject"),
    HPA("HPA"),
    ROLLOUT("Rollout"),
    DEPLOYMENT("Deployment"),
    STATEFUL_SET("StatefulSet"),
    REPLICA_SET("ReplicaSet"),
    POD("Pod");

    private static final Map<WorkloadKind, Hop> OF_WORKLOADS = Map.of(
            WorkloadKind.ROLLOUT,
            ROLLOUT,
            WorkloadKind.DEPLOYMENT,
            DEPLOYMENT,
            WorkloadKind.STATEFUL_SET,
            STATEFUL_SET);

    private final String word;

    Hop(String word) {
        this.word = word;
    }

    /** The hop of a workload of this kind; what is followed to its own count alone has no hop but its pods. */
    public static Hop ofWorkload(WorkloadKind kind) {
        return OF_WORKLOADS.getOrDefault(kind, POD);
    }

    /** Whether it stands for the object between the HPA and its ReplicaSets or pods. */
    public boolean isWorkload() {
        return this == ROLLOUT || this == DEPLOYMENT || this == STATEFUL_SET;
    }

    /** The word that users and scripts read. */
    public String word() {
        return word;
    }
}
