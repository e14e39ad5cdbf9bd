package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A person's hold lasts until after the raise, so the raise is not written. */
final class HoldOverRaise implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .autoscaler()
                .meta()
                .heldUntil(situation.raise().at())
                .map(until -> new Finding(
                        Risk.HOLD,
                        "a hold lasts until " + until.truncatedTo(ChronoUnit.SECONDS) + why(situation)
                                + ", and nothing is written until then",
                        "release the hold if the raise is to happen",
                        List.of(evidence(situation, until))));
    }

    private static String why(Situation situation) {
        return situation
                .autoscaler()
                .meta()
                .annotation(Annotations.HOLD_REASON)
                .map(reason -> " (" + reason + ")")
                .orElse("");
    }

    private static Evidence evidence(Situation situation, Instant until) {
        return situation.ofAutoscaler("metadata.annotations[" + Annotations.HOLD_UNTIL + "]", until);
    }
}
