package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.diagnose.chain.StandingMinimum;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Rule A: the minimum is on the ScaledObject, the HPA has it, and the Rollout's spec.replicas has followed.
 *
 * <p>Replicas above the minimum are success. But an HPA whose ScalingLimited still reads TooFewReplicas while it desires more than
 * its minimum has not synced since that minimum was lowered. Its desired number does not count yet.
 */
public final class AutoscalerRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (chain.scaledObject().isPresent()) {
            return scaledObject(chain).or(() -> hpa(chain));
        }
        if (chain.hpa().isPresent()) {
            return chain.hpa().get().scaledObject().isPresent()
                    ? Optional.of(RuleVerdict.unknown("the HPA is KEDA's, and its ScaledObject was not seen"))
                    : chain.autoscaler().flatMap(found -> minimum(chain, found)).or(() -> hpa(chain));
        }
        int desired = chain.minimum().counts();
        return chain.replicas() >= desired
                ? Optional.empty()
                : Optional.of(RuleVerdict.behind(
                        chain.workloadHop(),
                        Clock.TIMEOUT,
                        "spec.replicas is " + chain.replicas() + ", desired is " + desired
                                + ", and no autoscaler was seen"));
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(
                Cause.FIELD_CONFLICT,
                        kubectl -> "kubectl get " + kubectl.autoscaler() + kubectl.inNamespace()
                                + " -o yaml --show-managed-fields",
                Cause.IDLE_WITHOUT_ACTIVITY, Kubectl::describeScaledObject,
                Cause.SCALED_OBJECT_INVALID, Kubectl::describeScaledObject);
    }

    private static Optional<RuleVerdict> scaledObject(Chain chain) {
        StandingMinimum minimum = chain.minimum();
        ScaledObjectView scaledObject = chain.scaledObject().orElseThrow();
        if (isInvalid(chain) && !(minimum.isRight() && hasMinimum(chain))) {
            return Optional.of(RuleVerdict.stopped(
                    State.FAILED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_INVALID,
                    "KEDA rejects the ScaledObject: "
                            + chain.scaledObjectCondition("Ready")
                                    .map(Condition::message)
                                    .map(ControllerMessages::brief)
                                    .orElse("minimum above maximum")));
        }
        return minimum(chain, scaledObject);
    }

    /** Whether the desired minimum stands on the object that a schedule sets. */
    private static Optional<RuleVerdict> minimum(Chain chain, AutoscalerView autoscaler) {
        StandingMinimum minimum = chain.minimum();
        if (minimum.conflict().isPresent()) {
            return Optional.of(RuleVerdict.stopped(
                    State.CONFLICT, chain.autoscalerHop(), Cause.FIELD_CONFLICT, conflict(chain, autoscaler)));
        }
        if (minimum.isRight() || minimum.isRaisedManually()) {
            return Optional.empty();
        }
        return Optional.of(RuleVerdict.behind(
                chain.autoscalerHop(),
                minimum.difference() > 0 ? Clock.LOWERING : Clock.FOLLOW,
                "minimum is " + show(autoscaler.minimum()) + ", desired is " + show(minimum.desired())));
    }

    /** A live HPA that is new has none until its controller comes; from a dump somebody may have removed it. */
    private static RuleVerdict withoutStatus(Chain chain) {
        return chain.lacks(Lack.HPA_STATUS)
                ? RuleVerdict.unknown("the HPA has no status")
                : RuleVerdict.behind(Hop.HPA, Clock.TIMEOUT, "the HPA has no status yet");
    }

    private static String conflict(Chain chain, AutoscalerView autoscaler) {
        StandingMinimum minimum = chain.minimum();
        return minimum.isRight()
                ? "another writer keeps the maximum at " + autoscaler.bounds().max()
                        + chain.input()
                                .scheduled()
                                .map(scheduled ->
                                        ", desired is " + scheduled.bounds().max())
                                .orElse("")
                : "another writer keeps the minimum at " + show(autoscaler.minimum()) + ", desired is "
                        + show(minimum.desired());
    }

    /** Before KEDA 2.20 its webhook let a minimum above the maximum pass. */
    private static boolean isInvalid(Chain chain) {
        return chain.scaledObjectCondition("Ready").filter(Condition::isFalse).stream()
                .anyMatch(ready ->
                        ready.reason().equals("ScaledObjectCheckFailed") && !isOutdated(chain, ready.message()));
    }

    /** KEDA rejected a ScaledObject that was there before its Rollout, and tries again by itself. */
    private static boolean isOutdated(Chain chain, String failure) {
        return chain.workload().isPresent() && PresenceRule.isAboutMissingTarget(failure);
    }

    private static boolean hasMinimum(Chain chain) {
        return chain.hpa()
                .filter(hpa -> hpa.minReplicas() == chain.hpaMinimum())
                .isPresent();
    }

    private static Optional<RuleVerdict> hpa(Chain chain) {
        if (chain.hpa().isEmpty()) {
            return Optional.of(
                    chain.canSee("HPA")
                            ? RuleVerdict.behind(Hop.HPA, Clock.FOLLOW, "KEDA has made no HPA")
                            : RuleVerdict.unknown("its HPA was not seen"));
        }
        HpaView hpa = chain.hpa().get();
        boolean rightOrRaised = hpa.minReplicas() == chain.hpaMinimum()
                || (chain.scaledObject().isEmpty() && hpa.minReplicas() > chain.hpaMinimum());
        if (!rightOrRaised) {
            return Optional.of(RuleVerdict.behind(
                    Hop.HPA,
                    Clock.FOLLOW,
                    "the HPA's minimum is " + hpa.minReplicas()
                            + (chain.scaledObject().isPresent() ? ", the ScaledObject's " : ", desired is ")
                            + chain.hpaMinimum()));
        }
        return isIdle(chain)
                ? Optional.of(RuleVerdict.stopped(
                        State.BLOCKED,
                        Hop.SCALED_OBJECT,
                        Cause.IDLE_WITHOUT_ACTIVITY,
                        "idleReplicaCount keeps the target at " + chain.replicas()
                                + " while no trigger is active, desired is "
                                + chain.minimum().counts()))
                : workload(chain, hpa);
    }

    public static boolean isIdle(Chain chain) {
        OptionalInt idle =
                chain.scaledObject().map(ScaledObjectView::idleReplicaCount).orElse(OptionalInt.empty());
        return idle.isPresent()
                && chain.replicas() < chain.minimum().counts()
                && chain.scaledObjectCondition("Active")
                        .filter(Condition::isFalse)
                        .isPresent();
    }

    /** An HPA finds its pods by the selector in the workload's status, so without the status it cannot scale. */
    private static Optional<RuleVerdict> workload(Chain chain, HpaView hpa) {
        int replicas = chain.replicas();
        if (!chain.isWorkloadWritten()) {
            return Optional.empty();
        }
        if (replicas == 0 && chain.minimum().counts() == 0) {
            return Optional.empty();
        }
        if (!hpa.wants(replicas) && chain.overwriting().isPresent()) {
            return Optional.of(RuleVerdict.behind(
                    Hop.HPA,
                    Clock.TIMEOUT,
                    "the HPA desires " + Math.max(hpa.desiredReplicas().orElse(0), hpa.minReplicas()) + ", the "
                            + chain.kind() + " has " + replicas));
        }
        if (replicas < chain.minimum().counts()) {
            return Optional.of(RuleVerdict.behind(
                    Hop.HPA,
                    Clock.TIMEOUT,
                    replicas == 0
                            ? atZero(chain)
                            : "the HPA has its minimum of " + hpa.minReplicas() + " and has not raised the "
                                    + chain.kind() + " from " + replicas));
        }
        if (hpa.desiredReplicas().isEmpty()) {
            return Optional.of(withoutStatus(chain));
        }
        if (!hpa.wants(replicas)) {
            return Optional.of(RuleVerdict.behind(
                    Hop.HPA,
                    Clock.TIMEOUT,
                    (hpa.hasComputed()
                                    ? "the HPA wants " + hpa.desiredReplicas().getAsInt()
                                    : "the HPA has not computed a number of replicas")
                            + ", the " + chain.kind() + " has " + replicas));
        }
        return hasNotSynced(chain, hpa)
                ? Optional.of(RuleVerdict.behind(
                        Hop.HPA,
                        Clock.TIMEOUT,
                        "the HPA has its minimum of " + hpa.minReplicas() + " and has not computed since: still "
                                + replicas + " desired"))
                : Optional.empty();
    }

    /** At 0 replicas an HPA does not scale. KEDA raises to 1 where a ScaledObject is; without KEDA nobody does. */
    private static String atZero(Chain chain) {
        if (chain.isScaledToZero()) {
            return "the HPA has scaled the " + chain.kind() + " to 0 and has not raised it again";
        }
        return chain.scaledObject().isPresent()
                ? "at 0 the HPA is switched off, and KEDA has not scaled the " + chain.kind() + " up"
                : "the " + chain.kind() + "'s spec.replicas is 0, and at 0 an HPA does not scale";
    }

    private static boolean hasNotSynced(Chain chain, HpaView hpa) {
        boolean limitedByAnOlderMinimum = chain.hpaCondition("ScalingLimited").filter(Condition::isTrue).stream()
                .anyMatch(limited -> limited.reason().equals("TooFewReplicas"));
        boolean computes =
                chain.hpaCondition("ScalingActive").filter(Condition::isTrue).isPresent();
        return limitedByAnOlderMinimum && computes && hpa.desiredReplicas().orElse(0) > hpa.minReplicas();
    }

    private static String show(OptionalInt count) {
        return count.isPresent() ? Integer.toString(count.getAsInt()) : "not written";
    }
}
