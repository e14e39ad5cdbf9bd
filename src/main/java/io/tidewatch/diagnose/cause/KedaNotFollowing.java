package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerDown;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.KedaConditions;
import io.tidewatch.diagnose.chain.KedaPause;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.rule.AutoscalerRule;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The HPA does not have the ScaledObject's minimum. Ready=True proves nothing against it: the condition outlives the
 * operator that wrote it.
 */
final class KedaNotFollowing implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.KEDA_NOT_FOLLOWING;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        Optional<ScaledObjectView> scaledObject = chain.scaledObject();
        if (scaledObject.isEmpty() || !isBehind(chain) || KedaNotSelecting.isProven(chain)) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Proof.scaledObject(
                scaledObject.get(),
                "spec.minReplicaCount",
                chain.minimum().written().orElse(0)));
        evidence.add(chain.hpa()
                .map(hpa -> Proof.hpa(hpa, "spec.minReplicas", hpa.minReplicas()))
                .orElseGet(() -> new Evidence("HPA " + scaledObject.get().hpaName(), "metadata", "absent")));
        chain.scaledObjectCondition("Ready")
                .ifPresent(ready -> evidence.add(
                        Proof.scaledObject(scaledObject.get(), "status.conditions[Ready]", Proof.text(ready))));
        if (hasMinimum(chain)) {
            chain.workload().ifPresent(found -> evidence.add(Proof.workload(found, "spec.replicas", chain.replicas())));
        }
        Optional<EventView> failure = failure(chain);
        failure.ifPresent(event ->
                evidence.add(Proof.scaledObject(scaledObject.get(), "Event " + event.reason(), event.message())));
        Optional<ControllerDown> stopped = ControllerDown.keda(chain);
        stopped.map(ControllerDown::evidence).ifPresent(evidence::add);
        boolean proven =
                stopped.filter(why -> why.certainty() == Certainty.CERTAIN).isPresent()
                        || KedaConditions.notReady(chain).isPresent();
        return Optional.of(new Explained(
                Cause.KEDA_NOT_FOLLOWING,
                Math.max(1, chain.hpaMinimum() - chain.available()),
                proven ? Certainty.CERTAIN : Certainty.LIKELY,
                sentence(chain, stopped, failure),
                evidence));
    }

    /** Whether it is KEDA's turn, and the minimum has not arrived. */
    static boolean isBehind(Chain chain) {
        boolean isItsTurn = chain.scaledObject().isPresent()
                && (chain.minimum().isRight() || chain.minimum().isRaisedManually())
                && chain.canSee("HPA")
                && !KedaPause.isFull(chain);
        return isItsTurn && (!hasMinimum(chain) || isAsleep(chain));
    }

    private static boolean hasMinimum(Chain chain) {
        return chain.hpa()
                .filter(hpa -> hpa.minReplicas() == chain.hpaMinimum())
                .isPresent();
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl get deployment -A -l app.kubernetes.io/name=keda-operator";
    }

    /** At 0 replicas the HPA is switched off; KEDA alone can scale up. */
    private static boolean isAsleep(Chain chain) {
        return chain.workload().isPresent()
                && chain.replicas() == 0
                && chain.minimum().counts() > 0
                && !AutoscalerRule.isIdle(chain);
    }

    /** The latest complaint of KEDA, unless KEDA has reported success since. */
    private static Optional<EventView> failure(Chain chain) {
        return chain.input().seen().events().stream()
                .filter(event -> event.involvedKind().equals("ScaledObject")
                        && (event.type().equals("Warning") || event.reason().equals("ScaledObjectReady")))
                .max(Comparator.comparing(event -> event.last().orElse(Instant.MIN)))
                .filter(event -> event.type().equals("Warning"));
    }

    private static String sentence(Chain chain, Optional<ControllerDown> stopped, Optional<EventView> failure) {
        return stopped.map(why -> "KEDA's operator " + why.controller().name() + " " + why.sentence())
                .orElse((hasMinimum(chain) ? fromZero(chain) : behind(chain))
                        + failure.map(event -> ": " + ControllerMessages.brief(event.message()))
                                .orElse(""));
    }

    private static String behind(Chain chain) {
        String still =
                chain.hpa().map(HpaView::minReplicas).map(min -> "still " + min).orElse("absent");
        return "KEDA has not carried the minimum on (HPA " + still + ")";
    }

    /** While a trigger fails and no other trigger is active, KEDA leaves a target at 0, whatever its minimum. */
    private static String fromZero(Chain chain) {
        boolean isTriggerError = KedaConditions.notReady(chain)
                .filter(ready -> ready.reason().equals("TriggerError"))
                .isPresent();
        return isTriggerError
                ? "KEDA reports TriggerError, and does not raise a target from 0 while its triggers fail; fix the trigger,"
                        + " or set spec.replicas to at least 1"
                : "KEDA has not raised spec.replicas from 0";
    }
}
