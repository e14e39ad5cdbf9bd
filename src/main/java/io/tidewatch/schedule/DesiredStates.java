package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLeads;
import java.time.Instant;

/** The desired state at one instant. For many instants, use a {@link Timetable}. */
public final class DesiredStates {

    private DesiredStates() {}

    public static DesiredState at(Definitions definitions, Instant now) {
        return Timetable.of(definitions).at(now);
    }

    /** The same, with the leads that some targets have learned. */
    public static DesiredState at(Definitions definitions, LearnedLeads leads, Instant now) {
        return Timetable.of(definitions).at(now, leads);
    }
}
