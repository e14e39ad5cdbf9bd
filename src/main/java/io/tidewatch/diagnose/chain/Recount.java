package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The five counters of a Rollout's status, recomputed from live ReplicaSets by the controller's own rules: replicas over
 * all of them, updatedReplicas of the current template; the other three over all of them in a canary, and of the
 * active one alone in a blue-green Rollout (of all, as long as there is no active one).
 */
final class Recount {

    private Recount() {}

    static Counters of(RolloutView rollout, List<ReplicaSetView> sets) {
        RolloutView.Status status = rollout.status();
        List<ReplicaSetView> current = withHash(sets, status.currentPodHash());
        List<ReplicaSetView> serving = serving(rollout, sets);
        return new Counters(
                sum(serving, ReplicaSetView::replicas),
                sum(sets, ReplicaSetView::replicas),
                sum(current, ReplicaSetView::replicas),
                sum(serving, ReplicaSetView::readyReplicas),
                sum(serving, ReplicaSetView::availableReplicas));
    }

    private static List<ReplicaSetView> serving(RolloutView rollout, List<ReplicaSetView> sets) {
        if (rollout.strategy() instanceof Strategy.Canary) {
            return sets;
        }
        List<ReplicaSetView> active = withHash(sets, rollout.status().activeSelector());
        return active.isEmpty() ? sets : active;
    }

    static List<ReplicaSetView> withHash(List<ReplicaSetView> sets, String hash) {
        return sets.stream()
                .filter(set -> !hash.isEmpty() && set.podHash().equals(hash))
                .toList();
    }

    private static int sum(List<ReplicaSetView> sets, ToIntFunction<ReplicaSetView> count) {
        boolean readable = sets.stream().mapToInt(count).allMatch(pods -> pods >= 0);
        long sum = sets.stream().mapToLong(count::applyAsInt).sum();
        return readable ? (int) Math.min(sum, Integer.MAX_VALUE) : Chain.UNREADABLE;
    }
}
