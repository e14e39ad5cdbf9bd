package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.ReplicaSetView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Of a Deployment: the ReplicaSet with the Deployment's own revision is the current one. While it is paused, a new template has no
 * ReplicaSet yet, and the newest one stays the current one.
 */
record DeploymentRevisions(DeploymentView deployment, List<ReplicaSetView> sets) implements Revisions {

    @Override
    public Counters counted() {
        int replicas = Sums.of(sets, ReplicaSetView::replicas);
        return new Counters(
                replicas,
                replicas,
                Sums.of(current().stream().toList(), ReplicaSetView::replicas),
                Sums.of(sets, ReplicaSetView::readyReplicas),
                Sums.of(sets, ReplicaSetView::availableReplicas));
    }

    @Override
    public Optional<ReplicaSetView> current() {
        return sets.stream()
                .filter(set -> !set.revision().isEmpty() && set.revision().equals(deployment.revision()))
                .findFirst()
                .or(() -> sets.stream().max(BY_REVISION));
    }

    private static final Comparator<ReplicaSetView> BY_REVISION = Comparator.comparingLong(DeploymentRevisions::number)
            .thenComparing(set -> set.meta().name());

    private static long number(ReplicaSetView set) {
        return set.revision().matches("\\d{1,18}") ? Long.parseLong(set.revision()) : 0;
    }

    /** Old revisions without pods are kept for a return to them. */
    @Override
    public Optional<ReplicaSetView> former() {
        return sets.stream()
                .filter(set -> current().filter(set::equals).isEmpty() && hasPods(set))
                .max(BY_REVISION);
    }

    private static boolean hasPods(ReplicaSetView set) {
        return set.specReplicas() != 0 || set.replicas() != 0;
    }

    @Override
    public boolean isPromoted() {
        return current().isPresent() && former().isEmpty();
    }

    @Override
    public int mayBeDown() {
        return deployment.mayBeDown();
    }
}
