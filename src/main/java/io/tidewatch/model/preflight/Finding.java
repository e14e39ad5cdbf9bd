package io.tidewatch.model.preflight;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.List;

/**
 * One fact that can keep a raise from being ready in time.
 *
 * @param sentence what is wrong, with names and numbers
 * @param certainty certain where the fields prove it, likely where they fit it and leave another explanation open
 * @param advice what a person can do, as an imperative
 */
public record Finding(Risk risk, Certainty certainty, String sentence, String advice, List<Evidence> evidence) {

    /** A finding that the fields prove. */
    public Finding(Risk risk, String sentence, String advice, List<Evidence> evidence) {
        this(risk, Certainty.CERTAIN, sentence, advice, evidence);
    }

    public Finding {
        sentence = StrangerText.line(sentence);
        advice = StrangerText.line(advice);
        evidence = List.copyOf(evidence);
    }

    /** What identifies the finding while its numbers change: the risk and the object that shows it. */
    public String key() {
        return risk.word()
                + evidence.stream()
                        .findFirst()
                        .map(shown -> " " + shown.object())
                        .orElse("");
    }
}
