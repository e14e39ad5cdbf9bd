package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.diagnose.chain.UncountedPods;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether ReplicaSets have the pods that they should have, by their own counts and by the pods themselves. */
final class PodCounts {

    private PodCounts() {}

    /** A ReplicaSet has as many pods as its spec, and all of them are available. */
    static Optional<RuleVerdict> settled(Chain chain, ReplicaSetView set) {
        if (set.replicas() != set.specReplicas()) {
            return behind(
                    chain,
                    Hop.REPLICA_SET,
                    "ReplicaSet " + set.meta().name() + " has " + set.replicas() + " of " + set.specReplicas()
                            + " pods");
        }
        if (set.availableReplicas() == set.specReplicas()) {
            return Optional.empty();
        }
        return behind(chain, Hop.POD, UncountedPods.of(chain, set).sentence());
    }

    /** A ReplicaSet's status is a claim as well: its ready pods must be there. */
    static Optional<RuleVerdict> unproven(Chain chain) {
        if (chain.replicas() == 0) {
            return Optional.empty();
        }
        if (!chain.canSee("Pod")) {
            return Optional.of(RuleVerdict.unknown(
                    "its ReplicaSets say that " + chain.available() + " pods are available, and no pod was seen"));
        }
        return chain.sets().stream()
                .filter(set ->
                        set.availableReplicas() == Chain.UNREADABLE || chain.readyPods(set) < set.availableReplicas())
                .findFirst()
                .flatMap(set -> unlinked(chain, set)
                        .or(() -> behind(
                                chain,
                                Hop.POD,
                                chain.readyPods(set) + " ready pods were seen of ReplicaSet "
                                        + set.meta().name() + ", which says "
                                        + (set.availableReplicas() == Chain.UNREADABLE
                                                ? "nothing readable"
                                                : set.availableReplicas()))));
    }

    /** Without its pods nobody knows whether an update that lacks some is in trouble or only on its way. */
    static Optional<RuleVerdict> untold(Chain chain) {
        return unlinked(chain)
                .map(lack -> RuleVerdict.unknown(
                        Numbers.available(chain) + ", and its pods cannot be told; missing is the " + lack));
    }

    /** Pods without an owner or a status in the dump do not count as missing. */
    private static Optional<RuleVerdict> unlinked(Chain chain, ReplicaSetView set) {
        return unlinked(chain)
                .map(lack -> RuleVerdict.unknown(chain.readyPods(set) + " ready pods were seen of ReplicaSet "
                        + set.meta().name() + ", which says " + set.availableReplicas() + "; missing is the " + lack));
    }

    private static Optional<String> unlinked(Chain chain) {
        return Stream.of(Lack.POD_STATUS, Lack.POD_OWNER, Lack.REPLICA_SET_UID)
                .filter(chain::lacks)
                .findFirst();
    }

    /** @param why after the numbers; empty where they say it all */
    static Optional<RuleVerdict> behind(Chain chain, Hop hop, String why) {
        String numbers = Numbers.available(chain);
        return Optional.of(RuleVerdict.behind(hop, Clock.TIMEOUT, why.isEmpty() ? numbers : numbers + ", " + why));
    }
}
