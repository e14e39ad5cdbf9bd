package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pods that ReplicaSets should have and may not create, from the condition ReplicaFailure.
 *
 * @param message of the first rejection
 */
public record RejectedPods(int pods, String message, List<Evidence> evidence) {

    public static Optional<RejectedPods> of(Chain chain, Predicate<String> message) {
        int pods = 0;
        List<Evidence> evidence = new ArrayList<>();
        String first = "";
        for (ReplicaSetView set : chain.sets()) {
            Condition failure = set.conditions().get("ReplicaFailure");
            int lacking = set.specReplicas() - set.replicas();
            if (lacking > 0 && failure != null && failure.isTrue() && message.test(failure.message())) {
                pods += lacking;
                first = first.isEmpty() ? failure.message() : first;
                evidence.add(
                        new Evidence(Proof.name(set), "status.conditions[ReplicaFailure].message", failure.message()));
            }
        }
        return evidence.isEmpty() ? Optional.empty() : Optional.of(new RejectedPods(pods, first, evidence));
    }
}
