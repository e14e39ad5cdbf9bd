package io.tidewatch.playground.sim;

import java.util.Optional;

/** A ReplicaSet of a Deployment. */
record DeploymentSet(Live live) {
    static final String HASH_LABEL = "pod-template-hash";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    String name() {
        return live.name();
    }

    String hash() {
        return live.labels().getOrDefault(HASH_LABEL, "");
    }

    int revision() {
        return number(DeploymentView.REVISION).orElse(0);
    }

    /** The Deployment's size when it last gave this ReplicaSet one. */
    Optional<Integer> desired() {
        return number(DESIRED);
    }

    /** The Deployment's size and surge at that time. */
    Optional<Integer> max() {
        return number(MAX);
    }

    int size() {
        return live.integerOr(1, "spec", "replicas");
    }

    int replicas() {
        return live.integer("status", "replicas");
    }

    int ready() {
        return live.integer("status", "readyReplicas");
    }

    int available() {
        return live.integer("status", "availableReplicas");
    }

    boolean isObserved() {
        return live.integer("status", "observedGeneration") >= live.generation();
    }

    private Optional<Integer> number(String annotation) {
        return Optional.ofNullable(live.annotations().get(annotation)).map(Integer::parseInt);
    }
}
