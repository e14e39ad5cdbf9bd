package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import java.util.Map;
import java.util.Optional;

/**
 * What an HPA scales: the object between an autoscaler and its pods. Each kind is a variant with its own record; rules that
 * differ by kind ask the variant through a {@link Visitor}, so a new kind fails to compile where it is forgotten.
 */
public sealed interface Workload permits RolloutView, DeploymentView, StatefulSetView, ScaleTargetView {

    ObjectMeta meta();

    /** As Kubernetes spells it. */
    String kind();

    /** Group and version of the kind. */
    String apiVersion();

    /** spec.replicas; absent counts as 1. */
    int desiredReplicas();

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
