package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import java.time.Instant;

/** What counts at an instant. Whoever asks often keeps a {@link Timetable} instead. */
public final class DesiredStates {

    private DesiredStates() {}

    public static DesiredState at(Definitions definitions, Instant now) {
        return Timetable.of(definitions).at(now);
    }
}
