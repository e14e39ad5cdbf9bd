package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Rollout that none of the observed controllers of Argo Rollouts takes on: its label names another instance, or no controller
 * watches its namespace. The right controller may run where Tidewatch does not read Deployments.
 */
record Unclaimed(String sentence, List<Evidence> evidence) {

    static Optional<Unclaimed> of(Chain chain) {
        List<ControllerView> found = chain.input().controllers().stream()
                .filter(ControllerView::isArgoRollouts)
                .toList();
        boolean isTakenOn = chain.controllers().stream().anyMatch(ControllerView::isArgoRollouts);
        return chain.rollout().filter(rollout -> !found.isEmpty() && !isTakenOn).map(rollout -> of(rollout, found));
    }

    private static Unclaimed of(RolloutView rollout, List<ControllerView> found) {
        Optional<String> instance = rollout.meta().label(ControllerOptions.INSTANCE_LABEL);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Proof.workload(
                rollout, "metadata.labels[" + ControllerOptions.INSTANCE_LABEL + "]", instance.orElse("absent")));
        found.forEach(controller -> evidence.add(new Evidence(
                "Deployment " + controller.name(), "--instance-id", Unclaimed.sentence(controller.options()))));
        return new Unclaimed(
                "none of the observed Rollouts controllers takes on Rollouts "
                        + instance.map(id -> "with the label " + ControllerOptions.INSTANCE_LABEL + ": " + id)
                                .orElse("without the label " + ControllerOptions.INSTANCE_LABEL)
                        + " in namespace " + rollout.meta().namespace(),
                evidence);
    }

    private static String sentence(ControllerOptions options) {
        return (options.instanceId().isEmpty() ? "absent" : options.instanceId())
                + (options.namespaces().isEmpty() ? "" : ", watches " + String.join(", ", options.namespaces()));
    }
}
