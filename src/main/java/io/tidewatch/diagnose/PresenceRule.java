package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Condition;
import io.tidewatch.model.Hop;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.State;
import java.util.Optional;

/** Whether there is anything to judge: a Rollout, and the ScaledObject that a schedule names. */
final class PresenceRule implements Rule {

    @Override
    public Optional<Standing> judge(Chain chain) {
        if (chain.scaledObject().isEmpty() && chain.question().scheduled().isPresent()) {
            return Optional.of(
                    chain.canSee("ScaledObject")
                            ? missing("the ScaledObject does not exist")
                            : Standing.unknown("ScaledObjects could not be seen"));
        }
        return chain.rollout().isPresent() ? Optional.empty() : Optional.of(withoutRollout(chain));
    }

    private static Standing withoutRollout(Chain chain) {
        Optional<ScaledObjectView> scaledObject = chain.scaledObject();
        if (scaledObject.isEmpty()) {
            return chain.canSee("ScaledObject") && chain.canSee("Rollout")
                    ? missing("neither a ScaledObject nor a Rollout has this name")
                    : Standing.unknown("neither a ScaledObject nor a Rollout of this name was seen");
        }
        String target =
                scaledObject.get().targetKind() + " " + scaledObject.get().targetName();
        if (!scaledObject.get().targetKind().equals("Rollout")) {
            return Standing.unknown("scales " + target + ": only Rollouts are followed to their pods");
        }
        return chain.canSee("Rollout") || isSaidMissing(chain)
                ? missing(target + " does not exist")
                : Standing.unknown(target + " was not seen");
    }

    /** KEDA or the HPA say it themselves. */
    private static boolean isSaidMissing(Chain chain) {
        boolean byHpa = chain.hpaCondition("AbleToScale").filter(Condition::isFalse).stream()
                .anyMatch(able ->
                        able.reason().equals("FailedGetScale") && able.message().contains("not found"));
        boolean byKeda = chain.scaledObjectCondition("Ready").filter(Condition::isFalse).stream()
                .anyMatch(ready -> isAboutMissingTarget(ready.message()));
        return byHpa || byKeda;
    }

    /** Until 2.15 KEDA said no more than that the reference is not correct. */
    static boolean isAboutMissingTarget(String refusal) {
        return refusal.contains("scaleTargetRef")
                && (refusal.contains("not found") || refusal.endsWith("scaleTargetRef specification"));
    }

    private static Standing missing(String says) {
        return Standing.stopped(State.FAILED, Hop.SCALED_OBJECT, Cause.TARGET_MISSING, says);
    }
}
