package io.tidewatch.plan;

import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Our annotations on a ScaledObject: the only memory that a new instance needs. */
final class OwnAnnotations {

    private OwnAnnotations() {}

    /** As they are: a write that is not about the minimum must not lose them. A hold is a person's, and not ours to carry. */
    static Map<String, String> of(ScaledObjectView live) {
        Map<String, String> memory = new LinkedHashMap<>();
        live.meta().annotations().forEach((key, value) -> {
            if (key.startsWith(Annotations.PREFIX) && !Annotations.HOLD.contains(key)) {
                memory.put(key, value);
            }
        });
        return memory;
    }

    /** After a write of the minimum within a stretch: remedies that were spent in it stay spent. */
    static Map<String, String> after(
            DesiredBounds desired, MinimumDecision minimum, String instance, int takeovers, Instant now) {
        Map<String, String> memory = after(desired, instance, takeovers, now);
        if (minimum.isOfThisStretch()) {
            minimum.live()
                    .meta()
                    .annotation(Annotations.REMEDIES)
                    .ifPresent(spent -> memory.put(Annotations.REMEDIES, spent));
        }
        return memory;
    }

    /** After a write of the minimum: take-overs and remedies start anew with each stretch. */
    static Map<String, String> after(DesiredBounds desired, String instance, int takeovers, Instant now) {
        Map<String, String> memory = new LinkedHashMap<>();
        memory.put(Annotations.INSTANCE, instance);
        memory.put(Annotations.SOURCE, desired.commit().source());
        memory.put(Annotations.SCHEDULE, desired.schedule().id());
        memory.put(Annotations.WINDOW, desired.stretch());
        memory.put(Annotations.BASELINE, desired.baseline().toString());
        memory.put(Annotations.APPLIED, desired.bounds().toString());
        memory.put(Annotations.APPLIED_AT, now.toString());
        memory.put(Annotations.COMMIT, desired.commit().id());
        if (takeovers > 0) {
            memory.put(Annotations.TAKEOVERS, Integer.toString(takeovers));
        }
        return memory;
    }
}
