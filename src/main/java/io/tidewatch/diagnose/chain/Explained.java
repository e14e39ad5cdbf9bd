package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.List;
import java.util.function.Function;

/**
 * A cause that was found, with its proof.
 *
 * @param pods how many of the pods that lack it explains; orders the causes
 * @param says what a person reads, after the numbers
 */
public record Explained(Cause cause, int pods, Certainty certainty, String says, List<Evidence> evidence) {

    private static final int PODS_SHOWN = 3;

    public Explained {
        evidence = List.copyOf(evidence);
    }

    public static Explained certain(Cause cause, int pods, String says, List<Evidence> evidence) {
        return new Explained(cause, pods, Certainty.CERTAIN, says, evidence);
    }

    /**
     * A cause that the pods show themselves, with the proof of a few of them.
     *
     * @param says begins with a verb, for "N pods" is put before it
     */
    public static Explained byPods(Cause cause, List<PodView> pods, String says, Function<PodView, Evidence> proof) {
        return certain(
                cause,
                pods.size(),
                ControllerMessages.pods(pods.size()) + " " + says,
                pods.stream().limit(PODS_SHOWN).map(proof).toList());
    }
}
