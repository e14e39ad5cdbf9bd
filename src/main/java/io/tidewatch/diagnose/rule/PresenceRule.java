package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether there is anything to judge: a workload, and the autoscaler that a schedule names. */
final class PresenceRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (chain.autoscaler().isEmpty() && chain.input().scheduled().isPresent()) {
            return Optional.of(withoutAutoscaler(chain));
        }
        if (chain.autoscaler().filter(found -> found.meta().deleting()).isPresent()) {
            return Optional.of(missing(
                    chain,
                    "the " + Proof.nameOf(chain.autoscaler().get().kind())
                            + " is being deleted, and its minimum does nothing any more"));
        }
        if (chain.workload().filter(found -> found.meta().deleting()).isPresent()) {
            return Optional.of(missing(chain, "the " + chain.kind() + " is being deleted"));
        }
        return chain.workload().isPresent() ? Optional.empty() : Optional.of(withoutWorkload(chain));
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(
                Cause.TARGET_MISSING,
                kubectl -> "kubectl get scaledobject,hpa,rollout,deployment,sts" + kubectl.inNamespace());
    }

    private static RuleVerdict withoutAutoscaler(Chain chain) {
        if (!chain.isOfHpa()) {
            return chain.canSee("ScaledObject")
                    ? missing(chain, "the ScaledObject does not exist")
                    : RuleVerdict.unknown("ScaledObjects could not be seen");
        }
        Optional<String> owner = chain.hpa().flatMap(HpaView::scaledObject);
        if (owner.isPresent()) {
            return missing(
                    chain, "the HPA belongs to ScaledObject " + owner.get() + ", and KEDA would undo each write to it");
        }
        return chain.canSee("HPA")
                ? missing(chain, "the HPA does not exist")
                : RuleVerdict.unknown("HPAs could not be seen");
    }

    private static RuleVerdict withoutWorkload(Chain chain) {
        Optional<AutoscalerView> autoscaler = chain.autoscaler();
        if (autoscaler.isEmpty()) {
            return chain.canSee("ScaledObject") && chain.canSee("Rollout")
                    ? missing(chain, "neither a ScaledObject nor a Rollout has this name")
                    : RuleVerdict.unknown("neither a ScaledObject nor a Rollout of this name was seen");
        }
        WorkloadKind kind = autoscaler.get().targetKind();
        String target = kind + " " + autoscaler.get().targetName();
        boolean isSeen = Workload.FOLLOWED.contains(kind) && chain.canSee(kind.toString()) && !isSaidThere(chain, kind);
        return isSeen || isSaidMissing(chain)
                ? missing(chain, target + " does not exist")
                : RuleVerdict.unknown(target + " was not seen");
    }

    /** A dump may hold Deployments of other namespaces alone: the HPA has read the one that it scales. */
    private static boolean isSaidThere(Chain chain, WorkloadKind kind) {
        return !kind.equals(WorkloadKind.ROLLOUT)
                && chain.hpaCondition("AbleToScale").filter(Condition::isTrue).isPresent();
    }

    /** Conditions of KEDA or the HPA report it. */
    private static boolean isSaidMissing(Chain chain) {
        boolean byHpa = chain.hpaCondition("AbleToScale").filter(Condition::isFalse).stream()
                .anyMatch(able ->
                        able.reason().equals("FailedGetScale") && able.message().contains("not found"));
        boolean byKeda = chain.scaledObjectCondition("Ready").filter(Condition::isFalse).stream()
                .anyMatch(ready -> isAboutMissingTarget(ready.message()) || isAboutUnservedKind(ready.message()));
        return byHpa || byKeda;
    }

    /** Until 2.15, KEDA reported only that the reference is not correct. */
    static boolean isAboutMissingTarget(String failure) {
        return failure.contains("scaleTargetRef")
                && (failure.contains("not found") || failure.endsWith("scaleTargetRef specification"));
    }

    /** A Rollout without its apiVersion is looked for in apps/v1. Unlike a missing target, no such kind comes by itself. */
    private static boolean isAboutUnservedKind(String failure) {
        return failure.contains("scaleTargetRef") && failure.contains("no matches for kind");
    }

    private static RuleVerdict missing(Chain chain, String sentence) {
        return RuleVerdict.stopped(State.FAILED, chain.autoscalerHop(), Cause.TARGET_MISSING, sentence);
    }
}
