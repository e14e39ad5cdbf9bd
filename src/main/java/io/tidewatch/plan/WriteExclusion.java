package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.SkippedText;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether nothing may be written to a target: a person holds it, or it belongs to another instance.
 *
 * @param nextEdge when the desired state of the target changes next; absent where no schedule names it
 */
record WriteExclusion(Target target, AutoscalerView live, String instance, Optional<Instant> nextEdge, Moment now) {

    Optional<Decision> decided() {
        Optional<String> other = new OwnRecord(live.meta()).instance().filter(name -> !name.equals(instance));
        if (other.isPresent()) {
            return Optional.of(
                    Decision.skip(new Skipped(target, Skipped.OTHER_INSTANCE, SkippedText.otherInstance(other.get()))));
        }
        return live.meta()
                .heldUntil(now)
                .map(until -> Decision.skip(held(until)).checkAgainAt(until));
    }

    private Skipped held(Instant until) {
        Optional<String> reason = new OwnRecord(live.meta()).holdReason();
        String text = SkippedText.held(until, reason);
        return nextEdge.filter(until::isAfter)
                .map(edge -> new Skipped(
                        target, Skipped.HELD_PAST_EDGE, SkippedText.heldPastEdge(until, reason, edge), text))
                .orElseGet(() -> new Skipped(target, Skipped.HELD, text));
    }
}
