package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import java.util.Optional;

/** The revisions of one workload, as its live ReplicaSets and pods show them. */
public interface Revisions {

    /** In place of a count that is not there or cannot be read. */
    int UNREADABLE = -1;

    /** The counters of its status, counted anew. */
    Counters counted();

    /** The ReplicaSet of the newest template; absent where there is none, as in a StatefulSet. */
    Optional<ReplicaSetView> current();

    /** The ReplicaSet of the template before, while it has pods or counts as stable. */
    Optional<ReplicaSetView> former();

    /** Whether no update is in flight: all pods that are to have the newest template have it. */
    boolean isPromoted();

    /** How many pods may be down during an update. */
    int mayBeDown();

    static Revisions of(Workload workload, TargetObservation seen, Moment now) {
        return workload.accept(new Workload.Visitor<>() {
            @Override
            public Revisions rollout(RolloutView rollout) {
                return new RolloutRevisions(rollout, seen.replicaSets());
            }

            @Override
            public Revisions deployment(DeploymentView deployment) {
                return new DeploymentRevisions(deployment, seen.replicaSets());
            }

            @Override
            public Revisions statefulSet(StatefulSetView statefulSet) {
                return new StatefulSetPods(statefulSet, seen.pods(), now);
            }

            @Override
            public Revisions scaleTarget(ScaleTargetView target) {
                return new CreatedAlone(target);
            }
        });
    }
}
