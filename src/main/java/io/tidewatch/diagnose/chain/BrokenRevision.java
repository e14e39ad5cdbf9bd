package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ReplicaSetView;
import java.util.Optional;

/** An update in flight whose pods do not come up, while a window's extra capacity goes to it. */
final class BrokenRevision {

    private BrokenRevision() {}

    static boolean takesCapacity(Chain chain) {
        Optional<ReplicaSetView> current = chain.current();
        return !chain.isPromoted()
                && chain.stable().isPresent()
                && current.filter(set -> set.specReplicas() > 0 && set.availableReplicas() < set.specReplicas())
                        .filter(set -> isTimedOut(chain) || hasTrouble(chain, set))
                        .isPresent();
    }

    /** Argo Rollouts has given up on the revision, whatever the state of its pods. */
    private static boolean isTimedOut(Chain chain) {
        return chain.workloadCondition("Progressing")
                .filter(StatusForecast::isTimedOut)
                .isPresent();
    }

    private static boolean hasTrouble(Chain chain, ReplicaSetView set) {
        return chain.pods(set).stream()
                .anyMatch(pod -> !pod.isReady()
                        && PodTrouble.of(pod, chain.input().seen().events()).isPresent());
    }
}
