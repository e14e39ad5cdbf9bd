package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The raise begins later before the start of its window than past raises of the target needed, so its pods would not be there at the
 * start. Only where they are to be there: the window has a lead.
 */
final class ShortLead implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return new OwnRecord(situation.autoscaler().meta())
                .lead()
                .flatMap(learned -> coming(situation).flatMap(window -> find(situation, window, learned)));
    }

    private static Optional<OpenWindow> coming(Situation situation) {
        return situation.desired().upcoming().flatMap(Upcoming::window);
    }

    private static Optional<Finding> find(Situation situation, OpenWindow coming, LearnedLead learned) {
        Duration lead = Duration.between(situation.raise().at(), coming.start());
        return written(situation, coming)
                .filter(written -> written.isLearned() || !written.least().isZero())
                .filter(written -> lead.compareTo(learned.length()) < 0)
                .map(written -> new Finding(
                        Risk.SHORT_LEAD,
                        Certainty.LIKELY,
                        "the raise begins " + LearnedLead.text(lead)
                                + " before the start of its window, and this target needs "
                                + LearnedLead.text(learned.length()) + " (" + learned.basis() + ")",
                        advice(written, LearnedLead.text(learned.length())),
                        List.of(situation.ofAutoscaler(
                                "metadata.annotations[" + Annotations.LEAD + "]", learned.text()))));
    }

    private static String advice(Window.Lead written, String needed) {
        return written.isLearned()
                ? "write maxLead: " + needed + " or more into the window"
                : "write leadTime: " + needed + ", or readyBy: true, into the window";
    }

    private static Optional<Window.Lead> written(Situation situation, OpenWindow coming) {
        return situation.desired().schedule().windows().stream()
                .filter(window -> window.name().equals(coming.name()))
                .map(Window::lead)
                .findFirst();
    }
}
