package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.chain.RejectedPods;
import io.tidewatch.diagnose.workload.StatefulSetPods;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * kube-controller-manager has not acted on a Deployment or StatefulSet: it hangs, is down or has much to do. No object of a cluster says which,
 * so the cause is likely at most.
 */
final class WorkloadControllerNotFollowing implements CauseCheck {

    private static final String WHO = "kube-controller-manager";

    @Override
    public Cause cause() {
        return Cause.WORKLOAD_CONTROLLER_NOT_FOLLOWING;
    }

    /** Where spec.replicas changes every few seconds, a controller that lives is always a moment behind. */
    @Override
    public Optional<Explained> find(Chain chain) {
        return chain.overwriting().filter(Overwriting::isRepeated).isPresent()
                ? Optional.empty()
                : chain.workload()
                        .flatMap(workload -> behind(chain, workload))
                        .map(proof -> new Explained(
                                Cause.WORKLOAD_CONTROLLER_NOT_FOLLOWING,
                                Math.max(1, chain.replicas() - chain.available()),
                                Certainty.LIKELY,
                                WHO + " has not followed, as while it hangs or is down",
                                List.of(proof)));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl get lease kube-controller-manager -n kube-system -o yaml";
    }

    /** What it has not done. */
    private static Optional<Evidence> behind(Chain chain, Workload workload) {
        return workload.accept(new Workload.Visitor<>() {
            @Override
            public Optional<Evidence> rollout(RolloutView rollout) {
                return Optional.empty();
            }

            @Override
            public Optional<Evidence> deployment(DeploymentView deployment) {
                return unseen(deployment, deployment.observedGeneration()).or(() -> untold(chain));
            }

            @Override
            public Optional<Evidence> statefulSet(StatefulSetView statefulSet) {
                return unseen(statefulSet, statefulSet.observedGeneration()).or(() -> unmade(chain, statefulSet));
            }

            @Override
            public Optional<Evidence> scaleTarget(ScaleTargetView target) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Evidence> unseen(Workload workload, long observed) {
        return workload.isObserved() && workload.claimed().isPresent()
                ? Optional.empty()
                : Optional.of(Proof.workload(
                        workload,
                        "status.observedGeneration",
                        observed + " of " + workload.meta().generation()));
    }

    /** A ReplicaSet with pods that was not given the number, or whose own change was not seen. */
    private static Optional<Evidence> untold(Chain chain) {
        if (!chain.canSee("ReplicaSet")) {
            return Optional.empty();
        }
        Optional<Evidence> number = Stream.concat(chain.current().stream(), chain.stable().stream())
                .filter(set -> chain.areReplicasKnown())
                .filter(set -> set.specReplicas() != 0 && set.desiredReplicas().orElse(-1) != chain.replicas())
                .findFirst()
                .map(set -> Proof.set(
                        set,
                        "metadata.annotations[deployment.kubernetes.io/desired-replicas]",
                        set.desiredReplicas().isPresent()
                                ? set.desiredReplicas().getAsInt()
                                : "absent"));
        return number.or(() -> chain.sets().stream()
                .filter(set -> set.observedGeneration() < set.meta().generation())
                .findFirst()
                .map(WorkloadControllerNotFollowing::unseen));
    }

    private static Evidence unseen(ReplicaSetView set) {
        return Proof.set(
                set,
                "status.observedGeneration",
                set.observedGeneration() + " of " + set.meta().generation());
    }

    /** Pods that are not there although every other is available and nothing rejects them. */
    private static Optional<Evidence> unmade(Chain chain, StatefulSetView statefulSet) {
        StatefulSetPods pods = new StatefulSetPods(
                statefulSet, chain.input().seen().pods(), chain.input().now());
        boolean isFree = chain.canSee("Pod")
                && pods.absent() > 0
                && pods.pods().stream().allMatch(pods::isAvailable)
                && RejectedPods.of(chain, message -> true).isEmpty();
        return isFree
                ? Optional.of(Proof.workload(
                        statefulSet,
                        "spec.replicas",
                        chain.replicas() + ", pods " + pods.pods().size()))
                : Optional.empty();
    }
}
