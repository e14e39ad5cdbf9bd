package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.ReplicaSetView;
import java.util.List;
import java.util.Optional;

/** Of a Deployment, by the revisions of its ReplicaSets. */
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
        return deployment.current(sets);
    }

    @Override
    public Optional<ReplicaSetView> former() {
        return deployment.former(sets);
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
