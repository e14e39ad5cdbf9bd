package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** No trigger is active, and idleReplicaCount keeps the pods below every minimum as long as none is. */
final class IdleReplicas implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.scaledObject().flatMap(live -> find(situation, live));
    }

    private static Optional<Finding> find(Situation situation, ScaledObjectView live) {
        OptionalInt idle = live.idleReplicaCount();
        boolean isActive = Optional.ofNullable(live.conditions().get("Active"))
                .filter(Condition::isFalse)
                .isEmpty();
        if (idle.isEmpty() || isActive || idle.getAsInt() >= situation.raise().to()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Risk.IDLE_WITHOUT_ACTIVITY,
                "no trigger is active, and idleReplicaCount keeps " + idle.getAsInt() + " pods whatever the minimum is",
                "remove idleReplicaCount from the ScaledObject, or add a cron trigger for the window",
                List.of(
                        situation.ofAutoscaler("spec.idleReplicaCount", idle.getAsInt()),
                        situation.ofAutoscaler("status.conditions[Active]", "False"))));
    }
}
