package io.tidewatch.diagnose;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.model.diagnosis.Hop;
import java.util.ArrayList;
import java.util.List;

/** Lists the causes that the objects exclude, for a lag without a known cause. */
final class RuledOut {

    private RuledOut() {}

    static String of(Chain chain, Hop hop) {
        List<String> not = new ArrayList<>();
        if (hop.compareTo(Hop.HPA) <= 0) {
            if (chain.canSee("HPA") && chain.scaledObject().isPresent()) {
                not.add("maximum");
            }
            if (chain.hpa().isPresent()) {
                not.add("the HPA's conditions");
            }
            if (chain.hpa().isPresent() && chain.canSee("Event")) {
                not.add("another writer of spec.replicas");
            }
        } else if (hop.isWorkload()) {
            boolean isUp = chain.controllers().stream()
                    .anyMatch(controller -> controller.isArgoRollouts() && controller.hasReadyPods());
            if (isUp) {
                not.add("a Rollouts controller without ready pods");
            }
        } else {
            if (chain.canSee("ReplicaSet")) {
                not.add("quota");
                not.add("admission");
            }
            if (chain.canSee("Pod")) {
                if (chain.unplacedPods() == 0) {
                    not.add("scheduling");
                }
                not.addAll(List.of("images", "container configuration", "init containers", "crashes", "readiness"));
            }
            if (chain.canSee("Pod") && chain.canSee("Event")) {
                not.add("volumes");
            }
        }
        return not.isEmpty() ? "" : "; ruled out: " + String.join(", ", not);
    }
}
