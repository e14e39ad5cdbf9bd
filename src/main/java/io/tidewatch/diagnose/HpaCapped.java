package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.HpaView;
import java.util.List;
import java.util.Optional;

/** The maximum is below the minimum that counts. */
final class HpaCapped implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        int wanted = chain.hpaFloor();
        Optional<HpaView> hpa = chain.hpa().filter(found -> found.maxReplicas() < wanted);
        if (hpa.isPresent()) {
            int max = hpa.get().maxReplicas();
            return Optional.of(Explained.certain(
                    Cause.HPA_CAPPED,
                    wanted - Math.max(0, max),
                    "the HPA's maximum is " + max + ", below the minimum of " + wanted,
                    List.of(Proof.hpa(hpa.get(), "spec.maxReplicas", max))));
        }
        return chain.scaledObject()
                .filter(found -> found.bounds().max() < wanted)
                .map(found -> Explained.certain(
                        Cause.HPA_CAPPED,
                        wanted - Math.max(0, found.bounds().max()),
                        "maxReplicaCount is " + found.bounds().max() + ", below the minimum of " + wanted,
                        List.of(Proof.scaledObject(
                                found, "spec.maxReplicaCount", found.bounds().max()))));
    }
}
