package io.tidewatch.preflight.check;

import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.Optional;

/** No pod of the KEDA operator is ready, so nobody gives the minimum to the HPA. */
final class KedaOperator implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .scaledObject()
                .flatMap(live -> situation.withoutReadyPods(
                        operator -> operator.mayFollow(live),
                        Risk.KEDA_NOT_FOLLOWING,
                        "KEDA operator",
                        "only KEDA gives a minimum to the HPA"));
    }
}
