package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.UpdateAttempt;
import java.time.Instant;
import java.util.Optional;

/**
 * A canary that feeds the HPA (argo-rollouts#4847, #3849, #2857). With traffic routing and without dynamicStableScale the stable
 * pods stay while the update's pods come, and status.HPAReplicas counts both. The HPA takes that number for spec.replicas: within
 * its tolerance it asks for that number, and it multiplies a utilization by it. Each rescale gives the canary more pods again.
 */
final class CanaryFeed {

    private CanaryFeed() {}

    /** Whether the HPA desires the number that counts the update's pods, or has rescaled since these pods came. */
    static boolean isFollowed(Chain chain) {
        return isAsked(chain)
                || (isFeeding(chain)
                        && chain.hpa()
                                .flatMap(HpaView::lastScaleTime)
                                .filter(at -> began(chain)
                                        .filter(began -> !at.isBefore(began))
                                        .isPresent())
                                .isPresent());
    }

    /** Whether the HPA desires exactly the number that counts the update's pods. */
    static boolean isAsked(Chain chain) {
        return isFeeding(chain)
                && chain.hpa()
                        .filter(hpa -> hpa.minReplicas() == chain.hpaMinimum()
                                && hpa.wants(counted(chain))
                                && counted(chain) > chain.hpaMinimum())
                        .isPresent();
    }

    /** In the middle of an update, and counted with it. A version with argo-rollouts#4868 counts the stable pods alone. */
    private static boolean isFeeding(Chain chain) {
        return chain.rollout().isPresent()
                && !chain.comparesHpaReplicas()
                && !chain.isPromoted()
                && counted(chain) > chain.replicas();
    }

    private static int counted(Chain chain) {
        return chain.claimed().map(Counters::hpaReplicas).orElse(0);
    }

    /**
     * When the update began, by the controller's record, else by the first of its pods; a rollback takes an older ReplicaSet, and its
     * pods are new.
     */
    private static Optional<Instant> began(Chain chain) {
        Optional<ReplicaSetView> update = chain.current();
        return chain.rollout()
                .flatMap(found -> found.status().attempt())
                .filter(UpdateAttempt::isUnderWay)
                .map(UpdateAttempt::startedAt)
                .or(() -> firstPod(chain, update));
    }

    private static Optional<Instant> firstPod(Chain chain, Optional<ReplicaSetView> update) {
        return update.flatMap(set -> chain.pods(set).stream()
                        .flatMap(pod -> pod.meta().created().stream())
                        .min(Instant::compareTo))
                .or(() -> update.map(ReplicaSetView::meta).flatMap(ObjectMeta::created));
    }
}
