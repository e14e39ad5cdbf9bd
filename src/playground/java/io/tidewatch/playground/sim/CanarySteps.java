package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a canary and where the Rollout stands among them: argo-rollouts, {@code utils/replicaset/canary.go},
 * {@code GetCurrentCanaryStep} and {@code GetCurrentSetWeight}. Understands setWeight and pause; any other step is
 * waited at for ever, as an analysis that never ends.
 */
record CanarySteps(RolloutView rollout) {
    /** The hash that argo-rollouts gives to a canary without steps. */
    private static final String NO_STEPS_HASH = "5ffbfbbd64";

    private static final int FULL = 100;

    /** Tells a Rollout's first synchronisation, and one whose steps changed. */
    String hash() {
        return all().isEmpty() ? NO_STEPS_HASH : PodTemplateHash.of(Map.of("steps", all()));
    }

    private List<Map<String, Object>> all() {
        return rollout.live().maps("spec", "strategy", "canary", "steps");
    }

    int count() {
        return all().size();
    }

    int index() {
        return rollout.live().integer("status", "currentStepIndex");
    }

    boolean areDone() {
        return index() >= count();
    }

    Optional<Map<String, Object>> current() {
        return areDone() ? Optional.empty() : Optional.of(all().get(index()));
    }

    Optional<Map<String, Object>> currentPause() {
        return current().flatMap(step -> Fields.at(step, "pause")).map(Fields::map);
    }

    boolean isSetWeight() {
        return current().filter(step -> step.containsKey("setWeight")).isPresent();
    }

    /** The share of the new ReplicaSet that is due now. */
    int weight() {
        boolean promoted = rollout.stableHash().isEmpty()
                || rollout.currentHash().isEmpty()
                || rollout.stableHash().equals(rollout.templateHash());
        if (promoted) {
            return FULL;
        }
        if (rollout.isAborted()) {
            return 0;
        }
        if (areDone()) {
            return FULL;
        }
        for (int i = index(); i >= 0; i--) {
            Optional<Object> weight = Fields.at(all().get(i), "setWeight");
            if (weight.isPresent()) {
                return Fields.integer(weight.get());
            }
        }
        return 0;
    }

    /** As argo-rollouts says it in its Event. */
    String described() {
        return current()
                .map(step -> step.containsKey("setWeight")
                        ? "setWeight: " + step.get("setWeight")
                        : currentPause()
                                .map(pause ->
                                        pause.containsKey("duration") ? "pause: " + pause.get("duration") : "pause")
                                .orElse("analysis"))
                .orElse("");
    }

    /** How long a pause step lasts by itself: seconds, or a Go duration of one unit. */
    static Optional<Integer> seconds(Map<String, Object> pause) {
        return Fields.at(pause, "duration").map(Object::toString).map(text -> {
            int number = Integer.parseInt(text.replaceAll("[a-z]+$", ""));
            return text.endsWith("h") ? number * 3600 : text.endsWith("m") ? number * 60 : number;
        });
    }
}
