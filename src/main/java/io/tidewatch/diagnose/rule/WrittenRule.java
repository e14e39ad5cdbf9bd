package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;

/**
 * Whether the status of the workload and of its ReplicaSets was written. A workload that no controller has ever
 * written waits for its controller; a status that was removed from a dump proves nothing.
 */
final class WrittenRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (chain.lacks(Lack.STATUS)) {
            return unknown(
                    "no object of the dump has a status, as after kubectl-neat: print the dump without such a tool");
        }
        WorkloadKind kind = chain.kind();
        if (chain.lacks(Lack.statusOf(kind))) {
            return unknown("the " + kind + " has no status, though " + controller(chain)
                    + " has worked on it: the status was removed from the dump");
        }
        if (chain.lacks(Lack.uidOf(kind)) || chain.lacks(Lack.REPLICA_SET_OWNER)) {
            return unknown(made(chain) + " cannot be told from others: "
                    + (chain.lacks(Lack.uidOf(kind))
                            ? "the " + kind + " has no metadata.uid"
                            : "a ReplicaSet has no metadata.ownerReferences"));
        }
        if (!chain.isWorkloadWritten()) {
            return Optional.of(RuleVerdict.behind(
                    chain.workloadHop(),
                    Clock.TIMEOUT,
                    "the " + kind + " has no status: "
                            + (chain.rollout().isPresent()
                                    ? "no Rollouts controller has written one"
                                    : controller(chain) + " has written none")));
        }
        if (chain.lacks(Lack.REPLICA_SET_REPLICAS)) {
            return unknown("a ReplicaSet of the " + kind + " has no spec.replicas that can be read");
        }
        return chain.lacks(Lack.REPLICA_SET_STATUS)
                ? unknown("a ReplicaSet of the " + kind + " has no status")
                : Optional.empty();
    }

    private static String controller(Chain chain) {
        return chain.rollout().isPresent() ? "the Rollouts controller" : "kube-controller-manager";
    }

    private static String made(Chain chain) {
        return chain.workloadHop() == Hop.STATEFUL_SET ? "its pods" : "its ReplicaSets";
    }

    private static Optional<RuleVerdict> unknown(String sentence) {
        return Optional.of(RuleVerdict.unknown(sentence));
    }
}
