package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/** No pod of the KEDA operator is ready, so nobody gives the minimum to the HPA. */
final class KedaOperator implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        List<ControllerView> following = situation.controllers().stream()
                .filter(operator -> operator.mayFollow(situation.scaledObject()))
                .toList();
        if (following.isEmpty() || !following.stream().allMatch(ControllerView::hasNoReadyPod)) {
            return Optional.empty();
        }
        ControllerView operator = following.get(0);
        String name = operator.namespace() + "/" + operator.name();
        return Optional.of(new Finding(
                Risk.KEDA_NOT_FOLLOWING,
                "no pod of the KEDA operator " + name + " is ready, and only KEDA gives a minimum to the HPA",
                "bring up Deployment " + name,
                List.of(Situation.of(operator, "status.readyReplicas", 0))));
    }
}
