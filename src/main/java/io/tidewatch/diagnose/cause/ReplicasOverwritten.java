package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.FallbackWriting;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.chain.Rescales;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.text.Coexistence;
import io.tidewatch.text.FixText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another writer sets spec.replicas of the workload, and the HPA sets it again. */
final class ReplicasOverwritten implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.REPLICAS_OVERWRITTEN;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        return chain.overwriting()
                .filter(found -> !found.mayBeKeda() || FallbackWriting.of(chain).isEmpty())
                .map(found -> explain(chain, found));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl get " + kubectl.workload() + kubectl.inNamespace() + " -o yaml --show-managed-fields";
    }

    /** Pods that the HPA's last rescale has just asked for are missing because of the overwriting too. */
    private static Explained explain(Chain chain, Overwriting found) {
        Workload workload = chain.workload().orElseThrow();
        int missing = found.desired() - Math.min(chain.replicas(), chain.available());
        return new Explained(
                Cause.REPLICAS_OVERWRITTEN,
                Math.max(1, missing),
                found.certainty(),
                sentence(workload, found),
                evidence(chain, workload, found));
    }

    private static String sentence(Workload workload, Overwriting found) {
        String writer = found.manager().orElse("another writer");
        String verb = found.isRepeated() ? " keeps overwriting spec.replicas" : " has overwritten spec.replicas";
        String at = found.writtenAt().map(time -> " (last at " + time + ")").orElse("");
        String again = found.rescales()
                .map(rescales -> ", and the HPA has set it to " + found.desired() + " again, " + times(rescales))
                .orElse(", and the HPA desires " + found.desired());
        return FixText.of(
                writer + verb + at + again,
                Coexistence.replicasRule(
                        found.manager(), workload.kind().name(), workload.kind().group()));
    }

    private static String times(Rescales rescales) {
        long minutes = Math.max(
                1,
                Duration.between(rescales.first(), rescales.last())
                        .plusSeconds(30)
                        .toMinutes());
        return rescales.count() + " times in " + minutes + " min";
    }

    private static List<Evidence> evidence(Chain chain, Workload workload, Overwriting found) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Proof.workload(workload, "spec.replicas", chain.replicas()));
        found.manager()
                .ifPresent(manager -> evidence.add(Proof.workload(
                        workload,
                        "metadata.managedFields[spec.replicas]",
                        manager + found.writtenAt().map(at -> " at " + at).orElse(""))));
        chain.hpa().ifPresent(hpa -> {
            hpa.desiredReplicas().ifPresent(desired -> evidence.add(Proof.hpa(hpa, "status.desiredReplicas", desired)));
            hpa.lastScaleTime().ifPresent(at -> evidence.add(Proof.hpa(hpa, "status.lastScaleTime", at)));
            found.rescales()
                    .ifPresent(rescales -> evidence.add(Proof.hpa(
                            hpa,
                            "Event SuccessfulRescale",
                            rescales.count() + " from " + rescales.first() + " to " + rescales.last())));
        });
        evidence.add(
                Proof.workload(workload, "metadata.generation", workload.meta().generation()));
        return evidence;
    }
}
