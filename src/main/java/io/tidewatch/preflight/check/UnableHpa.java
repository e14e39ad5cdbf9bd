package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * The HPA reports that it cannot read or write the scale of its target. Metrics that fail are no finding: an HPA raises its target to the
 * minimum without them.
 */
final class UnableHpa implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .hpa()
                .flatMap(hpa -> Optional.ofNullable(hpa.conditions().get("AbleToScale"))
                        .filter(Condition::isFalse)
                        .map(unable -> of(hpa, unable)));
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
