package io.tidewatch.preflight.check;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.Map;
import java.util.Optional;

/** Nobody can scale the target as it stands: it does not exist, or its spec is invalid, as the diagnosis proves. */
final class FailedTarget implements Check {

    private static final Map<Cause, Risk> RISKS =
            Map.of(Cause.INVALID_SPEC, Risk.INVALID_SPEC, Cause.TARGET_MISSING, Risk.TARGET_MISSING);

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .diagnosis()
                .cause()
                .filter(cause -> situation.diagnosis().state() == State.FAILED)
                .flatMap(cause -> Optional.ofNullable(RISKS.get(cause)))
                .map(risk -> new Finding(
                        risk,
                        situation.diagnosis().summary(),
                        advice(risk, situation),
                        situation.diagnosis().evidence()));
    }

    private static String advice(Risk risk, Situation situation) {
        String target = situation.autoscaler().targetKind() + " "
                + situation.autoscaler().targetName();
        return risk == Risk.INVALID_SPEC
                ? "correct the spec of " + target
                : "create " + target + ", or correct scaleTargetRef of the " + situation.autoscalerWord();
    }
}
