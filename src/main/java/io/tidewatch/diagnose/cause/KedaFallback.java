package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.FallbackWriting;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** KEDA writes the fallback of a failing trigger to spec.replicas, below what the HPA desires, at each of its polls. */
final class KedaFallback implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.KEDA_FALLBACK;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        return proven(chain).map(found -> explain(chain, found));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describeScaledObject();
    }

    /** The Rollout has the fallback's number, or the HPA has corrected it again and again. */
    static Optional<FallbackWriting> proven(Chain chain) {
        boolean isCorrected = chain.overwriting().filter(Overwriting::mayBeKeda).isPresent();
        return FallbackWriting.of(chain).filter(found -> found.isStanding() || isCorrected);
    }

    private static Explained explain(Chain chain, FallbackWriting found) {
        int replicas = found.fallback().replicas();
        String least = Integer.toString(found.desired());
        return new Explained(
                Cause.KEDA_FALLBACK,
                Math.max(1, found.desired() - Math.min(chain.replicas(), chain.available())),
                found.isCertain() ? Certainty.CERTAIN : Certainty.LIKELY,
                "KEDA sets spec.replicas to the fallback of " + replicas
                        + " while a trigger fails, and the HPA desires "
                        + found.desired() + " (keda#6659, up to v2.16); to fix it: repair the trigger, set"
                        + " fallback.replicas to at least " + least + ", or upgrade KEDA to v2.17 or later",
                evidence(chain, found));
    }

    private static List<Evidence> evidence(Chain chain, FallbackWriting found) {
        List<Evidence> evidence = new ArrayList<>();
        ScaledObjectView scaledObject = chain.scaledObject().orElseThrow();
        evidence.add(Proof.scaledObject(
                scaledObject, "spec.fallback.replicas", found.fallback().replicas()));
        for (String type : List.of("Fallback", "Active")) {
            chain.scaledObjectCondition(type)
                    .ifPresent(condition -> evidence.add(Proof.scaledObject(
                            scaledObject, "status.conditions[" + type + "]", Proof.text(condition))));
        }
        found.fallback()
                .failing()
                .forEach((metric, failures) -> evidence.add(Proof.scaledObject(
                        scaledObject, "status.health[" + metric + "]", "Failing, " + failures + " failures in a row")));
        chain.workload().ifPresent(workload -> {
            evidence.add(Proof.workload(workload, "spec.replicas", chain.replicas()));
            found.writer()
                    .ifPresent(writer -> evidence.add(Proof.workload(
                            workload,
                            "metadata.managedFields[spec.replicas]",
                            writer.manager()
                                    + writer.time().map(at -> " at " + at).orElse(""))));
        });
        chain.hpa().ifPresent(hpa -> evidence.add(Proof.hpa(hpa, "status.desiredReplicas", found.desired())));
        return evidence;
    }
}
