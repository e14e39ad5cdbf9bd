package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.State;
import java.util.Optional;

/**
 * The Rollouts controller wrote the status after the ReplicaSet had changed, and wrote old counters: its copy of the
 * ReplicaSet is stale (argo-rollouts#4047). A nudge that did not help leaves that proof as it was.
 */
final class StaleReplicaSetCache implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        boolean follows = !RolloutsControllerNotFollowing.isDown(chain)
                && (ControllerWrites.isAfterChange(chain) || wasProven(chain));
        return chain.countersAgree() || !follows
                ? Optional.empty()
                : Optional.of(Explained.certain(
                        Cause.STALE_REPLICA_SET_CACHE,
                        Disagreement.pods(chain),
                        Advisories.isAffectedByStaleCache(chain.question().controllers())
                                ? "argo-rollouts#4047, fixed in v1.8.0"
                                : "the controller's copy of the ReplicaSet is stale",
                        Disagreement.evidence(chain)));
    }

    private static boolean wasProven(Chain chain) {
        return chain.question()
                .previous()
                .filter(previous -> previous.state() == State.STALE_STATUS)
                .filter(previous -> previous.causes().contains(Cause.STALE_REPLICA_SET_CACHE))
                .filter(previous -> isSame(chain, previous))
                .isPresent();
    }

    private static boolean isSame(Chain chain, Diagnosis previous) {
        return previous.live().equals(chain.live()) && previous.claimed().equals(chain.claimed());
    }
}
