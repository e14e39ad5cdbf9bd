package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * Of a Rollout, by the hashes in its status. The counters follow the controller's own rules: replicas over all ReplicaSets,
 * updatedReplicas of the current template; the other three over all of them in a canary, and of the active one alone in a
 * blue-green Rollout (of all, as long as there is no active one).
 */
record RolloutRevisions(RolloutView rollout, List<ReplicaSetView> sets) implements Revisions {

    @Override
    public Counters counted() {
        List<ReplicaSetView> current = withHash(rollout.status().currentPodHash());
        List<ReplicaSetView> serving = serving();
        return new Counters(
                Sums.of(serving, ReplicaSetView::replicas),
                Sums.of(sets, ReplicaSetView::replicas),
                Sums.of(current, ReplicaSetView::replicas),
                Sums.of(serving, ReplicaSetView::readyReplicas),
                Sums.of(serving, ReplicaSetView::availableReplicas));
    }

    private List<ReplicaSetView> serving() {
        if (rollout.strategy() instanceof Strategy.Canary) {
            return sets;
        }
        List<ReplicaSetView> active = withHash(rollout.status().activeSelector());
        return active.isEmpty() ? sets : active;
    }

    private List<ReplicaSetView> withHash(String hash) {
        return sets.stream()
                .filter(set -> !hash.isEmpty() && set.podHash().equals(hash))
                .toList();
    }

    @Override
    public Optional<ReplicaSetView> current() {
        return withHash(rollout.status().currentPodHash()).stream().findFirst();
    }

    @Override
    public Optional<ReplicaSetView> former() {
        return withHash(rollout.status().stableRS()).stream().findFirst();
    }

    @Override
    public boolean isPromoted() {
        RolloutView.Status status = rollout.status();
        return !status.stableRS().isEmpty() && status.stableRS().equals(status.currentPodHash());
    }

    @Override
    public int mayBeDown() {
        return rollout.maxUnavailable();
    }
}
