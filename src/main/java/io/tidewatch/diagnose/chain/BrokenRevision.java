package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;

/** An update in flight whose pods do not come up, while a window's extra capacity goes to it. */
final class BrokenRevision {

    private BrokenRevision() {}

    /** @param isLate whether the step has used up its time: until then, a pod that runs and is not ready may still be starting */
    static boolean takesCapacity(Chain chain, boolean isLate) {
        Optional<ReplicaSetView> current = chain.current();
        return !chain.isPromoted()
                && chain.stable().isPresent()
                && current.filter(set -> set.specReplicas() > 0 && set.availableReplicas() < set.specReplicas())
                        .filter(set -> isTimedOut(chain) || hasTrouble(chain, set, isLate))
                        .isPresent();
    }

    /** Argo Rollouts has given up on the revision, whatever the state of its pods. */
    private static boolean isTimedOut(Chain chain) {
        return chain.workloadCondition("Progressing")
                .filter(StatusForecast::isTimedOut)
                .isPresent();
    }

    private static boolean hasTrouble(Chain chain, ReplicaSetView set, boolean isLate) {
        return chain.pods(set).stream()
                .filter(pod -> !pod.isReady())
                .flatMap(pod -> PodTrouble.of(pod, chain.input().seen().events()).stream())
                .anyMatch(trouble -> isLate || trouble != Cause.NOT_READY);
    }
}
