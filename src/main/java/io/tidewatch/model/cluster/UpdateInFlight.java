package io.tidewatch.model.cluster;

import java.util.List;

/**
 * Whether a new pod template is on its way to the pods of a workload. An update that nobody carries on is not: a person has paused
 * the Deployment, or has parked the StatefulSet by a partition or with OnDelete.
 *
 * @param replicaSets those of the workload
 * @param pods those of the workload
 */
record UpdateInFlight(List<ReplicaSetView> replicaSets, List<PodView> pods) implements Workload.Visitor<Boolean> {

    /** Until the new revision is the stable one, an aborted update included: its pods are on their way back. */
    @Override
    public Boolean rollout(RolloutView rollout) {
        String stable = rollout.status().stableRS();
        return !stable.isEmpty() && !stable.equals(rollout.status().currentPodHash());
    }

    @Override
    public Boolean deployment(DeploymentView deployment) {
        return !deployment.paused() && deployment.former(replicaSets).isPresent();
    }

    @Override
    public Boolean statefulSet(StatefulSetView statefulSet) {
        return !statefulSet.isRolledOut(pods);
    }

    /** Its pods are not known. */
    @Override
    public Boolean scaleTarget(ScaleTargetView target) {
        return false;
    }
}
