package io.tidewatch.preflight.check;

import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/** The scheduler finds no node for pods of this target already, or for pods that ask for no more, so more of them find none either. */
final class PodsWithoutNode implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .nodes()
                .lack(situation.now())
                .map(lack -> new Finding(
                        Risk.UNSCHEDULABLE,
                        lack.certainty(),
                        lack.sentence(),
                        "add nodes, or make room on them, before the raise",
                        List.of(lack.evidence())));
    }

    /** What of the scheduler's Events is not known, as a sentence. */
    static List<String> unchecked(Situation situation) {
        return situation.nodes().rejected().map(why -> "FailedScheduling Events: " + why).stream()
                .toList();
    }
}
