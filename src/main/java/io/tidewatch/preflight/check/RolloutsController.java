package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/** No pod of the Argo Rollouts controller is ready, so nobody creates pods for a Rollout. */
final class RolloutsController implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.rollout().flatMap(rollout -> down(situation, rollout));
    }

    private static Optional<Finding> down(Situation situation, RolloutView rollout) {
        List<ControllerView> takingOn = situation.controllers().stream()
                .filter(controller -> controller.takesOn(rollout))
                .toList();
        if (takingOn.isEmpty() || !takingOn.stream().allMatch(ControllerView::hasNoReadyPod)) {
            return Optional.empty();
        }
        ControllerView controller = takingOn.get(0);
        String name = controller.namespace() + "/" + controller.name();
        return Optional.of(new Finding(
                Risk.ROLLOUTS_CONTROLLER_NOT_FOLLOWING,
                "no pod of the Argo Rollouts controller " + name + " is ready, and only that scales the Rollout",
                "bring up Deployment " + name,
                List.of(Situation.of(controller, "status.readyReplicas", 0))));
    }
}
