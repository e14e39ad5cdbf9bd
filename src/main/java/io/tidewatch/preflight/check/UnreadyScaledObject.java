package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * KEDA reports that the ScaledObject is not ready. A trigger that fails while it runs is no finding: KEDA then gives the minimum to the
 * HPA all the same.
 */
final class UnreadyScaledObject implements Check {

    private static final String FAILS_WHILE_RUNNING = "TriggerError";

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .scaledObject()
                .flatMap(ScaledObjectView::notReady)
                .filter(ready -> !ready.reason().equals(FAILS_WHILE_RUNNING))
                .map(ready -> finding(situation, ready));
    }

    private static Finding finding(Situation situation, Condition ready) {
        return new Finding(
                Risk.KEDA_NOT_FOLLOWING,
                "KEDA reports the ScaledObject as not ready (" + ready.reason()
                        + "), and may not give the minimum to the HPA",
                "correct what the condition Ready says: "
                        + (ready.message().isEmpty() ? "no message" : ready.message()),
                List.of(situation.ofAutoscaler(
                        "status.conditions[Ready]", ready.status() + "/" + ready.reason() + ": " + ready.message())));
    }
}
