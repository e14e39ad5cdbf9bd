package io.tidewatch.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a target is not to be touched at all: a person holds it, or another instance looks after it.
 *
 * @param nextEdge when what is wanted of it changes next; absent where no schedule names it
 */
record WriteExclusion(Target target, ScaledObjectView live, String instance, Optional<Instant> nextEdge, Instant now) {

    Optional<Decision> decided() {
        Optional<String> other = live.meta().annotation(Annotations.INSTANCE).filter(name -> !name.equals(instance));
        if (other.isPresent()) {
            return Optional.of(Decision.skip(
                    new Skipped(target, Skipped.OTHER_INSTANCE, "belongs to the instance " + other.get() + ": left")));
        }
        return live.meta()
                .heldUntil(now)
                .map(until -> Decision.skip(held(until)).checkAgainAt(until));
    }

    private Skipped held(Instant until) {
        String words = "held until " + until + because();
        return nextEdge.filter(until::isAfter)
                .map(edge -> new Skipped(
                        target,
                        Skipped.HELD_PAST_EDGE,
                        words + "; the edge at " + edge + " will not be carried out",
                        words))
                .orElseGet(() -> new Skipped(target, Skipped.HELD, words));
    }

    private String because() {
        return live.meta()
                .annotation(Annotations.HOLD_REASON)
                .map(why -> ": " + why)
                .orElse("");
    }
}
