package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;

/** The claims of a Rollout's status beside the counters of its ReplicaSets. */
public final class Disagreement {

    private Disagreement() {}

    /** By how many pods the claim is off. */
    public static int pods(Chain chain) {
        Counters claimed = chain.claimed().orElse(Counters.ZERO);
        Counters live = chain.live().orElse(Counters.ZERO);
        return Math.max(
                Math.abs(claimed.replicas() - live.replicas()),
                Math.abs(claimed.availableReplicas() - live.availableReplicas()));
    }

    public static List<Evidence> evidence(Chain chain) {
        RolloutView rollout = chain.rollout().orElseThrow();
        Counters claimed = rollout.status().counters();
        Counters live = chain.live().orElse(Counters.ZERO);
        List<Evidence> evidence = new ArrayList<>();
        if (chain.comparesHpaReplicas()) {
            differ(evidence, rollout, "HPAReplicas", claimed.hpaReplicas(), live.hpaReplicas());
        }
        differ(evidence, rollout, "replicas", claimed.replicas(), live.replicas());
        differ(evidence, rollout, "updatedReplicas", claimed.updatedReplicas(), live.updatedReplicas());
        differ(evidence, rollout, "readyReplicas", claimed.readyReplicas(), live.readyReplicas());
        differ(evidence, rollout, "availableReplicas", claimed.availableReplicas(), live.availableReplicas());
        evidence.add(Proof.workload(rollout, "status.phase", rollout.status().phase()));
        chain.sets().stream()
                .filter(set -> set.replicas() != 0 || set.specReplicas() != 0)
                .forEach(set -> evidence.add(Proof.set(
                        set,
                        "status.availableReplicas",
                        set.availableReplicas() + " of spec.replicas " + set.specReplicas())));
        ControllerWrites.last(rollout)
                .ifPresent(at -> evidence.add(Proof.workload(rollout, "status, last written", at)));
        return evidence;
    }

    private static void differ(List<Evidence> into, RolloutView rollout, String field, int claimed, int live) {
        if (claimed != live) {
            into.add(Proof.workload(rollout, "status." + field, claimed + ", its ReplicaSets say " + live));
        }
    }
}
