package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.List;
import java.util.Optional;

/** The maximum is below the minimum that counts. */
final class HpaCapped implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.HPA_CAPPED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        int desired = chain.hpaMinimum();
        Optional<ScaledObjectView> scaledObject =
                chain.scaledObject().filter(found -> found.bounds().max() < desired);
        if (scaledObject.isPresent()) {
            int max = scaledObject.get().bounds().max();
            return Optional.of(explained(
                    desired,
                    max,
                    "maxReplicaCount",
                    Proof.scaledObject(scaledObject.get(), "spec.maxReplicaCount", max)));
        }
        return chain.hpa()
                .filter(found -> found.maxReplicas() > 0 && found.maxReplicas() < desired)
                .map(found -> explained(
                        desired,
                        found.maxReplicas(),
                        "the HPA's maximum",
                        Proof.hpa(found, "spec.maxReplicas", found.maxReplicas())));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.scaledObject().isPresent() ? kubectl.describeScaledObject() : kubectl.describeHpa();
    }

    private static Explained explained(int desired, int max, String whose, Evidence proof) {
        return Explained.certain(
                Cause.HPA_CAPPED,
                desired - Math.max(0, max),
                whose + " is " + max + ", below the minimum of " + desired,
                List.of(proof));
    }
}
