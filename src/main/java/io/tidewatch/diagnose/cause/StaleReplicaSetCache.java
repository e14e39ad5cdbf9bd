package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Advisories;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerDown;
import io.tidewatch.diagnose.chain.ControllerWrites;
import io.tidewatch.diagnose.chain.Disagreement;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.OpenStep;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Optional;

/**
 * The Rollouts controller wrote the status after the ReplicaSet had changed, and wrote old counters, or has written
 * other Rollouts since: its copy of the ReplicaSet is stale (argo-rollouts#4047). On the way up the last write comes a
 * moment before the last pod, which on a version that has the fault makes it likely. A nudge that did not help leaves
 * the proof as it was.
 */
final class StaleReplicaSetCache implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.STALE_REPLICA_SET_CACHE;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        if (chain.countersAgree()
                || ControllerDown.rollouts(chain).isPresent()
                || OpenStep.by(chain).isPresent()) {
            return Optional.empty();
        }
        boolean affected = Advisories.isAffectedByStaleCache(chain.controllers());
        boolean proven =
                ControllerWrites.isAfterChange(chain) || ControllerWrites.livesSinceChange(chain) || wasProven(chain);
        boolean likely = affected && (ControllerWrites.isDuringStep(chain) || ControllerWrites.outlived(chain));
        return proven || likely
                ? Optional.of(new Explained(
                        Cause.STALE_REPLICA_SET_CACHE,
                        Disagreement.pods(chain),
                        proven ? Certainty.CERTAIN : Certainty.LIKELY,
                        sentence(affected, Advisories.isArgoRolloutsKnown(chain.controllers())),
                        Disagreement.evidence(chain)))
                : Optional.empty();
    }

    /** A nudge of the serving ReplicaSets; while pods are missing, a nudge does not help. */
    @Override
    public String nextCommand(Kubectl kubectl) {
        List<String> serving = kubectl.seen().replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(set -> set.meta().name())
                .toList();
        return kubectl.diagnosis().state() == State.STALE_STATUS && !serving.isEmpty()
                ? "kubectl annotate --overwrite rs " + String.join(" ", serving) + kubectl.inNamespace()
                        + " tidewatch.io/nudged-at=$(date -u +%FT%TZ)"
                : kubectl.describeWorkload();
    }

    private static String sentence(boolean affected, boolean known) {
        if (!affected) {
            return "the controller's copy of the ReplicaSet is stale";
        }
        return known ? "argo-rollouts#4047, fixed in v1.8.0" : "Likely argo-rollouts#4047, fixed in v1.8.0";
    }

    private static boolean wasProven(Chain chain) {
        return chain.input()
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
