package io.tidewatch.preflight.check;

import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.Optional;

/** No pod of the Argo Rollouts controller is ready, so nobody creates pods for a Rollout. */
final class RolloutsController implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .rollout()
                .flatMap(rollout -> situation.withoutReadyPods(
                        controller -> controller.takesOn(rollout),
                        Risk.ROLLOUTS_CONTROLLER_NOT_FOLLOWING,
                        "Argo Rollouts controller",
                        "only that scales the Rollout"));
    }
}
