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
 * @param pods how many of the missing pods it explains; orders the causes
 * @param sentence the text that a person reads after the numbers
 */
public record Explained(Cause cause, int pods, Certainty certainty, String sentence, List<Evidence> evidence) {

    private static final int PODS_SHOWN = 3;

    public Explained {
        evidence = List.copyOf(evidence);
    }

    public static Explained certain(Cause cause, int pods, String sentence, List<Evidence> evidence) {
        return new Explained(cause, pods, Certainty.CERTAIN, sentence, evidence);
    }

    /**
     * A cause that the pods show themselves, with the proof of a few of them.
     *
     * @param sentence begins with a verb, for "N pods" is put before it
     */
    public static Explained byPods(
            Cause cause, List<PodView> pods, String sentence, Function<PodView, Evidence> proof) {
        return certain(
                cause,
                pods.size(),
                ControllerMessages.pods(pods.size()) + " " + sentence,
                pods.stream().limit(PODS_SHOWN).map(proof).toList());
    }
}
