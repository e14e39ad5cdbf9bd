package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods of a ReplicaSet that are ready and do not count as available. They are explained where spec.minReadySeconds asks for a longer
 * time than each of them has been ready. Otherwise a count may be missing, so they explain nothing.
 *
 * @param count how many, by the counts of the ReplicaSet's status
 * @param minReadySeconds 0 where a pod is available as soon as it is ready
 * @param until when the last of the pods that are younger will have been ready for long enough
 * @param young how many pods have not been ready for so long, by their own times
 */
public record UncountedPods(ReplicaSetView set, int count, int minReadySeconds, Optional<Instant> until, int young) {

    public static UncountedPods of(Chain chain, ReplicaSetView set) {
        int seconds = set.minReadySeconds() > 0
                ? set.minReadySeconds()
                : chain.workload().map(Workload::minReadySeconds).orElse(0);
        List<Instant> available = chain.pods(set).stream()
                .flatMap(pod -> readySince(pod).stream())
                .map(at -> at.plusSeconds(Math.max(0, seconds)))
                .filter(chain.input().now()::isBefore)
                .toList();
        return new UncountedPods(
                set,
                Math.max(0, set.readyReplicas() - Math.max(0, set.availableReplicas())),
                Math.max(0, seconds),
                available.stream().max(Instant::compareTo),
                available.size());
    }

    private static Optional<Instant> readySince(PodView pod) {
        Map<String, Condition> conditions = pod.conditions();
        return pod.isReady()
                ? Optional.ofNullable(conditions.get("Ready")).flatMap(Condition::lastTransition)
                : Optional.empty();
    }

    /** Whether the pods of all ReplicaSets that are short are there, ready, and too young. */
    public static boolean explain(Chain chain) {
        List<UncountedPods> lacking = chain.sets().stream()
                .filter(set -> set.availableReplicas() != set.specReplicas())
                .map(set -> of(chain, set))
                .toList();
        return chain.lackingPods().isEmpty()
                && !lacking.isEmpty()
                && lacking.stream()
                        .allMatch(found -> found.isExplained()
                                && found.set.availableReplicas() + found.count == found.set.specReplicas());
    }

    /** The fields that prove it. */
    public static List<Evidence> evidence(Chain chain) {
        return chain.sets().stream()
                .map(set -> of(chain, set))
                .filter(UncountedPods::isExplained)
                .map(found -> Proof.set(found.set, "spec.minReadySeconds", found.minReadySeconds))
                .toList();
    }

    public boolean isExplained() {
        return count > 0 && young >= count;
    }

    /** Empty where there are none. */
    public String sentence() {
        if (count == 0) {
            return "";
        }
        if (isExplained()) {
            return count + " more ready for less than minReadySeconds (" + minReadySeconds + " s), available by "
                    + until.orElseThrow();
        }
        return count + " more ready"
                + (minReadySeconds > 0 ? " for longer than minReadySeconds (" + minReadySeconds + " s)" : "")
                + ", but not counted as available";
    }
}
