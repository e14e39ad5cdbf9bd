package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * The minimum after the raise is above the maximum: the ScaledObject's, which KEDA rejects, or the HPA's, where the HPA has another
 * maximum than the ScaledObject. A maximum that the raise itself writes is taken as written.
 */
final class MaximumBelow implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        int minimum = situation.raise().to();
        int live = situation.autoscaler().bounds().max();
        int maximum = situation.desired().setsMax()
                ? situation
                        .desired()
                        .upcoming()
                        .map(Upcoming::bounds)
                        .orElseThrow()
                        .max()
                : live;
        if (maximum < minimum) {
            String field = situation.autoscaler().kind().maximum();
            return Optional.of(new Finding(
                    Risk.HPA_CAPPED,
                    "the minimum " + minimum + " is above the " + situation.autoscalerWord() + "'s maximum " + maximum,
                    "raise " + field + " to " + minimum + " or more, or set maxReplicas in the window",
                    List.of(situation.ofAutoscaler("spec." + field, maximum))));
        }
        return situation
                .hpa()
                .filter(hpa -> situation.scaledObject().isPresent())
                .filter(hpa -> hpa.maxReplicas() < minimum && live == maximum)
                .map(hpa -> ofHpa(hpa, minimum, live));
    }

    private static Finding ofHpa(HpaView hpa, int minimum, int maximum) {
        return new Finding(
                Risk.HPA_CAPPED,
                "the HPA's maximum is " + hpa.maxReplicas() + ", below the minimum " + minimum
                        + ", although the ScaledObject's maximum is " + maximum,
                "find out why KEDA does not update HPA " + hpa.meta().name(),
                List.of(Situation.of(hpa, "spec.maxReplicas", hpa.maxReplicas())));
    }
}
