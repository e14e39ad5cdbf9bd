package io.tidewatch.preflight.check;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Raise;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.preflight.node.NodeRoom;
import io.tidewatch.preflight.quota.QuotaState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the checks of one raise read.
 *
 * @param diagnosis of the target as it stands before the raise
 * @param quota what the quotas of the namespace mean for the raise
 * @param nodes whether the scheduler has nodes for its pods
 * @param controllers that were observed; another may run elsewhere
 */
public record Situation(
        DesiredBounds desired,
        Raise raise,
        AutoscalerView autoscaler,
        TargetObservation seen,
        Diagnosis diagnosis,
        List<ControllerView> controllers,
        QuotaState quota,
        NodeRoom nodes,
        Instant now) {

    public Situation {
        controllers = List.copyOf(controllers);
    }

    /** Absent for an HPA without KEDA. */
    Optional<ScaledObjectView> scaledObject() {
        return autoscaler instanceof ScaledObjectView keda ? Optional.of(keda) : Optional.empty();
    }

    Optional<RolloutView> rollout() {
        return seen.rollout();
    }

    Optional<HpaView> hpa() {
        return seen.hpa();
    }

    /**
     * What a controller's Deployments without a ready pod mean for the raise. Absent where one of them has a ready pod, or none was
     * observed: it may run elsewhere.
     *
     * @param concerned the Deployments that may take on the target
     * @param consequence what nobody does then
     */
    Optional<Finding> withoutReadyPods(
            Predicate<ControllerView> concerned, Risk risk, String controller, String consequence) {
        List<ControllerView> deployments =
                controllers.stream().filter(concerned).toList();
        if (deployments.isEmpty() || !deployments.stream().allMatch(ControllerView::hasNoReadyPod)) {
            return Optional.empty();
        }
        ControllerView first = deployments.get(0);
        String name = first.namespace() + "/" + first.name();
        return Optional.of(new Finding(
                risk,
                "no pod of the " + controller + " " + name + " is ready, and " + consequence,
                "bring up Deployment " + name,
                List.of(of(first, "status.readyReplicas", 0))));
    }

    /** The kind of the object whose minimum is set, as messages name it. */
    String autoscalerWord() {
        return autoscaler.kind() == AutoscalerKind.HPA ? "HPA" : "ScaledObject";
    }

    Evidence ofAutoscaler(String field, Object value) {
        return new Evidence(autoscalerWord() + " " + autoscaler.meta().name(), field, String.valueOf(value));
    }

    static Evidence of(RolloutView rollout, String field, Object value) {
        return new Evidence("Rollout " + rollout.meta().name(), field, String.valueOf(value));
    }

    static Evidence of(HpaView hpa, String field, Object value) {
        return new Evidence("HPA " + hpa.meta().name(), field, String.valueOf(value));
    }

    static Evidence of(ControllerView controller, String field, Object value) {
        return new Evidence("Deployment " + controller.name(), field, String.valueOf(value));
    }
}
