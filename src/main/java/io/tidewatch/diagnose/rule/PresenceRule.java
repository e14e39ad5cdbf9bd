package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether there is anything to judge: a Rollout, and the ScaledObject that a schedule names. */
final class PresenceRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (chain.scaledObject().isEmpty() && chain.input().scheduled().isPresent()) {
            return Optional.of(
                    chain.canSee("ScaledObject")
                            ? missing("the ScaledObject does not exist")
                            : RuleVerdict.unknown("ScaledObjects could not be seen"));
        }
        if (chain.scaledObject().filter(found -> found.meta().deleting()).isPresent()) {
            return Optional.of(missing("the ScaledObject is being deleted, and its minimum does nothing any more"));
        }
        if (chain.rollout().filter(found -> found.meta().deleting()).isPresent()) {
            return Optional.of(missing("the Rollout is being deleted"));
        }
        return chain.rollout().isPresent() ? Optional.empty() : Optional.of(withoutRollout(chain));
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(Cause.TARGET_MISSING, kubectl -> "kubectl get scaledobject,rollout" + kubectl.inNamespace());
    }

    private static RuleVerdict withoutRollout(Chain chain) {
        Optional<ScaledObjectView> scaledObject = chain.scaledObject();
        if (scaledObject.isEmpty()) {
            return chain.canSee("ScaledObject") && chain.canSee("Rollout")
                    ? missing("neither a ScaledObject nor a Rollout has this name")
                    : RuleVerdict.unknown("neither a ScaledObject nor a Rollout of this name was seen");
        }
        String target =
                scaledObject.get().targetKind() + " " + scaledObject.get().targetName();
        if (!scaledObject.get().targetKind().equals("Rollout")) {
            return RuleVerdict.unknown("scales " + target + ": only Rollouts are followed to their pods");
        }
        return chain.canSee("Rollout") || isSaidMissing(chain)
                ? missing(target + " does not exist")
                : RuleVerdict.unknown(target + " was not seen");
    }

    /** Conditions of KEDA or the HPA report it. */
    private static boolean isSaidMissing(Chain chain) {
        boolean byHpa = chain.hpaCondition("AbleToScale").filter(Condition::isFalse).stream()
                .anyMatch(able ->
                        able.reason().equals("FailedGetScale") && able.message().contains("not found"));
        boolean byKeda = chain.scaledObjectCondition("Ready").filter(Condition::isFalse).stream()
                .anyMatch(ready -> isAboutMissingTarget(ready.message()));
        return byHpa || byKeda;
    }

    /** Until 2.15, KEDA reported only that the reference is not correct. */
    static boolean isAboutMissingTarget(String failure) {
        return failure.contains("scaleTargetRef")
                && (failure.contains("not found") || failure.endsWith("scaleTargetRef specification"));
    }

    private static RuleVerdict missing(String sentence) {
        return RuleVerdict.stopped(State.FAILED, Hop.SCALED_OBJECT, Cause.TARGET_MISSING, sentence);
    }
}
