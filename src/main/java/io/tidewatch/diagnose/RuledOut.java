package io.tidewatch.diagnose;

import io.tidewatch.model.Hop;
import java.util.ArrayList;
import java.util.List;

/** Where no cause was found: what was looked at and is not it. */
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
        } else {
            if (chain.canSee("ReplicaSet")) {
                not.add("quota");
                not.add("admission");
            }
            if (chain.canSee("Pod")) {
                not.addAll(List.of("scheduling", "images", "init containers", "crashes", "readiness"));
            }
            if (chain.canSee("Pod") && chain.canSee("Event")) {
                not.add("volumes");
            }
        }
        return not.isEmpty() ? "" : "; ruled out: " + String.join(", ", not);
    }
}
