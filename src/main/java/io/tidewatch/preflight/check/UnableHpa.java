package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * The HPA reports that it cannot read or write the scale of its target, or it is disabled because somebody set the target to 0 and no KEDA
 * is there to raise it. Metrics that fail are no finding: an HPA raises its target to the
 * minimum without them.
 */
final class UnableHpa implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .hpa()
                .flatMap(hpa -> Optional.ofNullable(hpa.conditions().get("AbleToScale"))
                        .filter(Condition::isFalse)
                        .map(unable -> of(hpa, unable))
                        .or(() -> disabled(situation, hpa)));
    }

    private static Optional<Finding> disabled(Situation situation, HpaView hpa) {
        boolean isAtZero = situation.seen().replicas().orElse(1) == 0;
        return Optional.ofNullable(hpa.conditions().get("ScalingActive"))
                .filter(active -> isAtZero && situation.scaledObject().isEmpty())
                .filter(active -> active.isFalse() && active.reason().equals("ScalingDisabled"))
                .map(active -> new Finding(
                        Risk.HPA_NOT_SCALING,
                        "HPA " + hpa.meta().name() + " is disabled as long as its target has 0 replicas",
                        "set spec.replicas of " + hpa.targetKind() + " " + hpa.targetName() + " to at least 1",
                        List.of(Situation.of(
                                hpa, "status.conditions[ScalingActive]", active.status() + "/" + active.reason()))));
    }

    private static Finding of(HpaView hpa, Condition unable) {
        String why = unable.message().isEmpty() ? unable.reason() : unable.reason() + ": " + unable.message();
        return new Finding(
                Risk.HPA_NOT_SCALING,
                "HPA " + hpa.meta().name() + " cannot scale its target (" + why + ")",
                "correct what its condition AbleToScale says",
                List.of(Situation.of(hpa, "status.conditions[AbleToScale]", unable.status() + "/" + why)));
    }
}
