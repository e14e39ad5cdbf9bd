package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.ReplicaSetView;
import java.time.Instant;
import java.util.Optional;

/**
 * A scaling step that Argo Rollouts does not close, although the stable pods have followed it: as long as a ReplicaSet with pods
 * has another desired-replicas than the Rollout, the controller syncs replicas only and does not count the status anew.
 *
 * <p>An aborted update's ReplicaSet keeps its number until its scale-down deadline (argo-rollouts#4919). Up to v1.7.2 so
 * does each older one; of stacked revisions one may have no deadline, and then the step stays open for ever
 * (argo-rollouts#3883).
 */
public final class OpenStep {

    public static final String STACKED = "3883";

    private OpenStep() {}

    /** The ReplicaSet that keeps the step open. */
    public static Optional<ReplicaSetView> by(Chain chain) {
        return ofAborted(chain).or(() -> ofOlder(chain));
    }

    /** Not late before that deadline has passed. */
    public static Optional<ReplicaSetView> ofAborted(Chain chain) {
        boolean aborted =
                chain.rollout().filter(rollout -> rollout.status().aborted()).isPresent();
        return chain.current()
                .filter(set -> aborted && !chain.isPromoted())
                .filter(set -> isToldAnother(chain, set) && waits(chain, set));
    }

    private static Optional<ReplicaSetView> ofOlder(Chain chain) {
        return Advisories.mayHave(STACKED, chain.controllers())
                ? chain.sets().stream()
                        .filter(set -> isToldAnother(chain, set))
                        .filter(set -> chain.current().filter(set::equals).isEmpty())
                        .filter(set -> chain.stable().filter(set::equals).isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isToldAnother(Chain chain, ReplicaSetView set) {
        return set.specReplicas() != 0 && set.desiredReplicas().orElse(chain.replicas()) != chain.replicas();
    }

    public static boolean waits(Chain chain, ReplicaSetView set) {
        Moment lately = chain.input().now().minus(chain.input().checks().staleGrace());
        return set.scaleDownDeadline().filter(lately::isBefore).isPresent();
    }

    /** The time that the controller has to act on the deadline. If it does not, no event marks that the deadline passed. */
    public static Optional<Instant> waitsUntil(Chain chain, ReplicaSetView set) {
        return set.scaleDownDeadline().map(at -> at.plus(chain.input().checks().staleGrace()));
    }

    /** Of one that waits. */
    public static String sentence(Chain chain, ReplicaSetView set) {
        boolean aborted = ofAborted(chain).filter(set::equals).isPresent();
        return (aborted
                        ? "the aborted update"
                        : "older ReplicaSet " + set.meta().name()) + " keeps "
                + ControllerMessages.pods(set.replicas()) + " until "
                + set.scaleDownDeadline().orElse(Instant.EPOCH)
                + ", and the status is not counted anew before (argo-rollouts#"
                + (aborted ? "4919" : STACKED) + ")";
    }
}
