package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an HPA scales: the object between an autoscaler and its pods. Each kind is a variant with its own record; rules that
 * differ by kind ask the variant through a {@link Visitor}, so a new kind fails to compile where it is forgotten.
 */
public sealed interface Workload permits RolloutView, DeploymentView, StatefulSetView, ScaleTargetView {

    /** The kinds whose pods can be found by owner, in the order in which a name is looked up. */
    List<WorkloadKind> FOLLOWED = List.of(WorkloadKind.ROLLOUT, WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET);

    /** Of these, the kinds whose pods belong to ReplicaSets. */
    Set<WorkloadKind> WITH_REPLICA_SETS = Set.of(WorkloadKind.ROLLOUT, WorkloadKind.DEPLOYMENT);

    /** Of these, the kinds whose objects are watched one by one, and only where a target needs them. */
    Set<WorkloadKind> WATCHED_ONE_BY_ONE = Set.of(WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET);

    ObjectMeta meta();

    WorkloadKind kind();

    /** Group and version of the kind. */
    String apiVersion();

    /** spec.replicas; what it counts as where it is absent differs from kind to kind. */
    int desiredReplicas();

    /**
     * Whether spec.replicas is known. It is not where it cannot be read, or was removed from a dump: the API server writes the default 1 into
     * each Deployment and StatefulSet, and the Rollouts controller into each Rollout before its status.
     */
    boolean areReplicasKnown();

    /** For how long a pod must be ready before it counts as available, in seconds. */
    int minReadySeconds();

    /** The counters of its status; absent where no controller has written one, which is not zero. */
    Optional<Counters> claimed();

    /** The conditions of its status by type; a StatefulSet has none. */
    Map<String, Condition> conditions();

    /** Whether its controller has seen the spec. */
    boolean isObserved();

    <R> R accept(Visitor<R> visitor);

    /** Whether its pods can be found by owner. */
    default boolean isFollowed() {
        return true;
    }

    /** What differs from kind to kind. */
    interface Visitor<R> {

        R rollout(RolloutView rollout);

        R deployment(DeploymentView deployment);

        R statefulSet(StatefulSetView statefulSet);

        R scaleTarget(ScaleTargetView target);
    }
}
