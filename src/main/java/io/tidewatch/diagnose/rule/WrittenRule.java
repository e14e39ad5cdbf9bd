package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;

/**
 * Whether the status of the Rollout and of its ReplicaSets was written and observed. A Rollout that no controller has ever
 * written waits for its controller; a status that was removed from a dump proves nothing.
 */
final class WrittenRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (chain.lacks(Lack.STATUS)) {
            return unknown(
                    "no object of the dump has a status, as after kubectl-neat: print the dump without such a tool");
        }
        if (chain.lacks(Lack.ROLLOUT_STATUS)) {
            return unknown("the Rollout has no status, though the Rollouts controller has worked on it:"
                    + " the status was removed from the dump");
        }
        if (chain.lacks(Lack.ROLLOUT_UID) || chain.lacks(Lack.REPLICA_SET_OWNER)) {
            return unknown("its ReplicaSets cannot be told from others: "
                    + (chain.lacks(Lack.ROLLOUT_UID)
                            ? "the Rollout has no metadata.uid"
                            : "a ReplicaSet has no metadata.ownerReferences"));
        }
        if (!chain.isRolloutWritten()) {
            return Optional.of(RuleVerdict.behind(
                    Hop.ROLLOUT, Clock.TIMEOUT, "the Rollout has no status: no Rollouts controller has written one"));
        }
        return chain.lacks(Lack.REPLICA_SET_STATUS)
                ? unknown("a ReplicaSet of the Rollout has no status")
                : Optional.empty();
    }

    private static Optional<RuleVerdict> unknown(String sentence) {
        return Optional.of(RuleVerdict.unknown(sentence));
    }
}
