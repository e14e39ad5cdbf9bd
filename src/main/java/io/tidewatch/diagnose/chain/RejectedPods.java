package io.tidewatch.diagnose.chain;

import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pods that should be there and may not be created: of ReplicaSets from the condition ReplicaFailure, of a StatefulSet, which has no
 * conditions, from its last Event of that kind.
 *
 * @param message of the first rejection
 */
public record RejectedPods(int pods, String message, List<Evidence> evidence) {

    private static final String FAILED = "FailedCreate";

    /** What comes before the API server's own words in the Event of a StatefulSet. */
    private static final String BEFORE_WORDS = " failed error: ";

    public static Optional<RejectedPods> of(Chain chain, Predicate<String> message) {
        return ofReplicaSets(chain, message).or(() -> ofStatefulSet(chain, message));
    }

    private static Optional<RejectedPods> ofStatefulSet(Chain chain, Predicate<String> message) {
        List<PodView> pods = chain.input().seen().pods();
        int lacking = chain.replicas()
                - (int) pods.stream().filter(pod -> !pod.meta().deleting()).count();
        Instant newest = pods.stream()
                .flatMap(pod -> pod.meta().created().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return chain.workload()
                .filter(workload -> workload.kind().equals(WorkloadKind.STATEFUL_SET) && lacking > 0)
                .flatMap(workload -> lastRejection(chain, workload))
                .filter(event -> event.last().filter(newest::isBefore).isPresent())
                .filter(event -> message.test(words(event)))
                .map(event -> new RejectedPods(
                        lacking,
                        words(event),
                        List.of(new Evidence(
                                StatefulSetView.KIND + " " + event.involvedName(),
                                "Event " + FAILED,
                                event.message()))));
    }

    private static Optional<EventView> lastRejection(Chain chain, Workload workload) {
        return chain.input().seen().events().stream()
                .filter(event -> event.reason().equals(FAILED)
                        && event.involvedUid().equals(workload.meta().uid()))
                .max(Comparator.comparing(event -> event.last().orElse(Instant.MIN)));
    }

    private static String words(EventView event) {
        int at = event.message().indexOf(BEFORE_WORDS);
        return at < 0 ? event.message() : event.message().substring(at + BEFORE_WORDS.length());
    }

    private static Optional<RejectedPods> ofReplicaSets(Chain chain, Predicate<String> message) {
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
