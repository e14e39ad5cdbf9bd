package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;

/**
 * Rule F of a Deployment: all pods of its one revision are available; or, in mid-update, enough over all revisions. A rolling
 * update never stands still, so pods that start count as under way as long as no more are down than the update may take down.
 */
final class DeploymentServing implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        Optional<RuleVerdict> lack = chain.isPromoted() ? settled(chain) : updating(chain);
        return lack.or(() -> PodCounts.unproven(chain));
    }

    private static Optional<RuleVerdict> settled(Chain chain) {
        ReplicaSetView current = chain.current().orElseThrow();
        if (current.specReplicas() != chain.replicas()) {
            return PodCounts.behind(
                    chain,
                    Hop.DEPLOYMENT,
                    "ReplicaSet " + current.meta().name() + " is set to " + current.specReplicas());
        }
        return PodCounts.settled(chain, current);
    }

    private static Optional<RuleVerdict> updating(Chain chain) {
        if (chain.available() >= chain.replicas()) {
            return Optional.empty();
        }
        boolean isWithinUpdate = chain.available() >= chain.replicas() - chain.maxUnavailable() && !chain.hasTrouble();
        return isWithinUpdate
                ? PodCounts.untold(chain)
                : chain.sets().stream()
                        .flatMap(set -> PodCounts.settled(chain, set).stream())
                        .findFirst()
                        .or(() -> PodCounts.behind(chain, Hop.DEPLOYMENT, "an update is in flight"));
    }
}
