package io.tidewatch.diagnose;

import io.tidewatch.diagnose.chain.ArgoClaim;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.State;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the hops, from the desired minimum to the pods, as the first evidence. */
final class VerdictEvidence {

    private VerdictEvidence() {}

    static List<Evidence> of(Chain chain, RuleVerdict standing) {
        List<Evidence> evidence = new ArrayList<>();
        if (standing.serves()) {
            if (standing.state().isConverged() && standing.state() != State.CONVERGED_ABORTED) {
                ArgoClaim.degraded(chain).map(ArgoClaim::evidence).ifPresent(evidence::add);
            }
            return evidence;
        }
        chain.scaledObject()
                .ifPresent(found -> evidence.add(Proof.scaledObject(
                        found,
                        "spec.minReplicaCount",
                        found.minReplicaCount().isPresent()
                                ? found.minReplicaCount().getAsInt()
                                : "absent")));
        chain.hpa().ifPresent(found -> evidence.add(Proof.hpa(found, "spec.minReplicas", number(found.minReplicas()))));
        chain.workload()
                .ifPresent(found -> evidence.add(Proof.workload(found, "spec.replicas", number(chain.replicas()))));
        chain.sets().stream()
                .filter(set -> set.specReplicas() != 0 || set.replicas() != 0)
                .forEach(set -> evidence.add(Proof.set(
                        set,
                        "status.availableReplicas",
                        number(set.availableReplicas()) + " of spec.replicas " + number(set.specReplicas()))));
        return evidence;
    }

    private static String number(int count) {
        return count == Chain.UNREADABLE ? "unreadable" : Integer.toString(count);
    }
}
