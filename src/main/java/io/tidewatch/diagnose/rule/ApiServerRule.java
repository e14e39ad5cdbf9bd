package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Workload;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Unknown during an outage of the API server, or while a kind that was listed before cannot be listed. The last known objects
 * then prove neither that the target converged nor why it lags.
 */
final class ApiServerRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (!chain.canSee(ClusterState.API_SERVER)) {
            return Optional.of(RuleVerdict.unknown("the API server does not answer; what was seen last may be old"));
        }
        return lost(chain)
                .findFirst()
                .map(kind -> RuleVerdict.unknown("nothing is heard of " + kind + "s; what was seen last may be old"));
    }

    /** Kinds of which an object is known from before, and which cannot be seen now. */
    private static Stream<String> lost(Chain chain) {
        Stream<Optional<String>> known = Stream.of(
                chain.scaledObject().map(found -> "ScaledObject"),
                chain.hpa().map(found -> "HPA"),
                chain.workload()
                        .filter(Workload::isFollowed)
                        .map(found -> found.kind().toString()),
                chain.sets().stream().findFirst().map(found -> "ReplicaSet"));
        return known.flatMap(Optional::stream).filter(kind -> chain.input().isLive() && !chain.canSee(kind));
    }
}
