package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ReplicaSetView;
import java.util.Optional;

/**
 * The preview ReplicaSet of a blue-green update that a scaling step has passed by, while the active ReplicaSet was given the
 * new number (argo-rollouts#4200). The active pods serve; the preview has too few pods for its promotion.
 */
public final class PreviewLeftBehind {

    public static final String ISSUE = "argo-rollouts#4200";

    private PreviewLeftBehind() {}

    /** The preview ReplicaSet. */
    public static Optional<ReplicaSetView> of(Chain chain) {
        boolean updates = chain.blueGreen().isPresent()
                && !chain.isPromoted()
                && chain.rollout().filter(found -> !found.status().aborted()).isPresent();
        Optional<ReplicaSetView> active =
                chain.rollout().flatMap(found -> chain.set(found.status().activeSelector()));
        return chain.current()
                .filter(preview -> updates && preview.specReplicas() != 0)
                .filter(preview -> preview.desiredReplicas().orElse(-1) >= 0
                        && preview.desiredReplicas().getAsInt() != chain.replicas())
                .filter(preview -> active.filter(serving -> !serving.equals(preview))
                        .filter(serving -> serving.desiredReplicas().orElse(-1) == chain.replicas())
                        .isPresent());
    }
}
