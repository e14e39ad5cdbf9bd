package io.tidewatch.preflight.check;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.Optional;

/** The ScaledObject is paused by an annotation, as the diagnosis proves. */
final class PausedScaledObject implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.diagnosis().causes().contains(Cause.SCALED_OBJECT_PAUSED)
                ? Optional.of(new Finding(
                        Risk.SCALED_OBJECT_PAUSED,
                        "the ScaledObject is paused by an annotation, and a minimum does nothing until it is removed",
                        "remove the annotation autoscaling.keda.sh/paused… from the ScaledObject",
                        situation.diagnosis().evidence()))
                : Optional.empty();
    }
}
