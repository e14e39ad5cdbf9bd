package io.tidewatch.model.definition;

import io.tidewatch.model.Target;
import java.util.Map;
import java.util.Optional;

/** What was learned of the leads of some targets. */
public record LearnedLeads(Map<Target, LearnedLead> byTarget) {

    /** Nothing is learned yet. */
    public static final LearnedLeads NONE = new LearnedLeads(Map.of());

    public LearnedLeads {
        byTarget = Map.copyOf(byTarget);
    }

    public Optional<LearnedLead> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    public boolean isEmpty() {
        return byTarget.isEmpty();
    }
}
