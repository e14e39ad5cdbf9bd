package io.tidewatch.model;

/** The five counters of a Rollout's status; absent ones are 0. */
public record Counters(int hpaReplicas, int replicas, int updatedReplicas, int readyReplicas, int availableReplicas) {

    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

    /** The same counters, HPAReplicas left out of a comparison. */
    public Counters withoutHpaReplicas() {
        return new Counters(0, replicas, updatedReplicas, readyReplicas, availableReplicas);
    }
}
