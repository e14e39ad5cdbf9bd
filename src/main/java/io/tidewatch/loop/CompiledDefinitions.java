package io.tidewatch.loop;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.schedule.Timetable;
import java.util.List;

/** What all sources define, and the timetable that this comes to. */
public record CompiledDefinitions(Definitions definitions, Timetable timetable) {

    /** Nothing, of no source. */
    public static final CompiledDefinitions NONE =
            new CompiledDefinitions(Definitions.NONE, Timetable.joined(List.of()));
}
