package io.tidewatch.model.diagnosis;

/** A link of the chain from a minimum to a serving pod, in the order in which a step travels. */
public enum Hop {
    SCALED_OBJECT("ScaledObject"),
    HPA("HPA"),
    ROLLOUT("Rollout"),
    REPLICA_SET("ReplicaSet"),
    POD("Pod");

    private final String word;

    Hop(String word) {
        this.word = word;
    }

    /** The word that users and scripts read. */
    public String word() {
        return word;
    }
}
