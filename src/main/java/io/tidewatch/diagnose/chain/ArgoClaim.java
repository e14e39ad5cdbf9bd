package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.Optional;

/**
 * The claim of Argo Rollouts or Argo CD that something is Degraded, while the pods serve. An expired progress deadline stays in the
 * status although the pods have come up since, and Argo CD shows the phase of a Rollout and Ready of a ScaledObject as health.
 *
 * @param sentence the sentence: who claims Degraded, and why
 */
public record ArgoClaim(String sentence, Evidence evidence) {

    private static final String DEGRADED = "Degraded";

    /** The claim about the Rollout, else the claim about the ScaledObject. */
    public static Optional<ArgoClaim> degraded(Chain chain) {
        return chain.rollout().flatMap(rollout -> ofRollout(chain, rollout)).or(() -> ofScaledObject(chain));
    }

    private static Optional<ArgoClaim> ofRollout(Chain chain, RolloutView rollout) {
        if (rollout.status().phase().equals(DEGRADED)) {
            String why = rollout.status().message();
            return Optional.of(new ArgoClaim(
                    "Argo reports Degraded" + because(why),
                    Proof.workload(rollout, "status.phase", DEGRADED + because(why))));
        }
        return chain.workloadCondition("Progressing")
                .filter(StatusForecast::isTimedOut)
                .map(timedOut -> new ArgoClaim(
                        "Argo reports Degraded" + because(timedOut.reason() + ": " + timedOut.message()),
                        Proof.workload(rollout, "status.conditions[Progressing]", Proof.text(timedOut))));
    }

    /** Only conditions about the HPA count: a trigger that fails is a failure, whatever the pods do. */
    private static Optional<ArgoClaim> ofScaledObject(Chain chain) {
        return chain.scaledObject()
                .flatMap(found -> chain.scaledObjectCondition("Ready")
                        .filter(Condition::isFalse)
                        .filter(ready -> KedaConditions.notReady(chain).isEmpty())
                        .map(ready -> new ArgoClaim(
                                "Argo CD shows the ScaledObject as Degraded"
                                        + because(ready.reason() + ": " + ready.message()),
                                Proof.scaledObject(found, "status.conditions[Ready]", Proof.text(ready)))));
    }

    private static String because(String why) {
        String brief = ControllerMessages.brief(why);
        return brief.isEmpty() ? "" : ": " + brief;
    }
}
