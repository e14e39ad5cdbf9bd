package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A ReplicaSet as the Rollouts controller's cache holds it: the live one, or a stale copy (argo-rollouts#4047). */
record RsCopy(Live live) {
    static final String HASH_LABEL = "rollouts-pod-template-hash";
    static final String DESIRED = "rollout.argoproj.io/desired-replicas";
    static final String REVISION = "rollout.argoproj.io/revision";
    static final String REVISION_HISTORY = "rollout.argoproj.io/revision-history";
    static final String SCALE_DOWN_DEADLINE = "scale-down-deadline";

    String name() {
        return live.name();
    }

    String hash() {
        return live.labels().getOrDefault(HASH_LABEL, "");
    }

    int revision() {
        return number(REVISION).orElse(0);
    }

    /** The {@code desired-replicas} annotation: the Rollout's size as last written to this ReplicaSet. */
    Optional<Integer> desired() {
        return number(DESIRED);
    }

    Optional<Instant> deadline() {
        return Optional.ofNullable(live.annotations().get(SCALE_DOWN_DEADLINE))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
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

    long observedGeneration() {
        return live.at("status", "observedGeneration")
                .map(value -> (long) Fields.integer(value))
                .orElse(0L);
    }

    /** Everything that was asked of it has happened. */
    boolean isSettled() {
        return observedGeneration() >= live.generation()
                && replicas() == size()
                && ready() == size()
                && available() == size();
    }

    /** Size, annotation and available pods all equal the Rollout's size: "minimum availability" of a blue-green. */
    boolean isSaturated(int rolloutReplicas) {
        return size() == rolloutReplicas
                && desired().equals(Optional.of(rolloutReplicas))
                && available() == rolloutReplicas;
    }

    Map<String, Object> selectorLabels() {
        return live.map("spec", "selector", "matchLabels");
    }

    private Optional<Integer> number(String annotation) {
        String text = live.annotations().get(annotation);
        return text == null ? Optional.empty() : Optional.of(Integer.parseInt(text));
    }
}
