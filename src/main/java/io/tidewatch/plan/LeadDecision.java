package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.plan.Action;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.LeadText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Decides when the lead that a target has learned is written on its autoscaler. A write of the minimum carries it; a write of its own
 * follows only where the lead itself changed. It changes only outside of windows and never shortly before one, so that it is the same
 * for the whole time in which it may decide when a raise begins.
 *
 * @param learned from the past raises of the target, as far as they are known
 */
record LeadDecision(DesiredBounds desired, AutoscalerView live, Optional<LearnedLead> learned, Moment now) {

    /** What the next write of the minimum carries. */
    Optional<LearnedLead> carried() {
        return mayChange() ? learned.or(this::known) : known();
    }

    /** A write for the lead alone, for a minimum that stands already. */
    Decision decide(Optional<Manifest> manifest) {
        Optional<LearnedLead> changed = learned.filter(lead -> learns() && mayChange() && isWrittenBefore())
                .filter(lead -> known().filter(one -> one.length().equals(lead.length()))
                        .isEmpty());
        return changed.map(lead -> Decision.act(write(lead, manifest))).orElse(Decision.NOTHING);
    }

    private Action write(LearnedLead lead, Optional<Manifest> manifest) {
        Map<String, String> record = ours().carried();
        record.put(Annotations.LEAD, lead.text());
        return new Action.SetMinReplicas(
                live.kind(),
                desired.target(),
                live.meta().version(),
                live.minimum(),
                live.bounds().min(),
                Optional.empty(),
                ApplyBodies.record(desired, live, manifest, record),
                false,
                LeadText.learned(lead));
    }

    private boolean mayChange() {
        return desired.window().isEmpty()
                && desired.next()
                        .filter(next -> !now.plus(longest()).isBefore(next))
                        .isEmpty();
    }

    /** No window of the schedule can begin to lead within this time before a change of the minimum. */
    private Duration longest() {
        return desired.schedule().windows().stream()
                .flatMap(window -> window.lead().most().stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private boolean learns() {
        return desired.schedule().windows().stream().map(Window::lead).anyMatch(Window.Lead::isLearned);
    }

    /** Annotations that another manager owns are taken over by a write of the minimum, not for the lead alone. */
    private boolean isWrittenBefore() {
        return ours().applied().isPresent()
                && live.minimum().isPresent()
                && !live.meta().hasForeignAnnotations();
    }

    private Optional<LearnedLead> known() {
        return ours().lead();
    }

    private OwnRecord ours() {
        return new OwnRecord(live.meta());
    }
}
