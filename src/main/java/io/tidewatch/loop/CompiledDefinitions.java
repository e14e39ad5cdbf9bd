package io.tidewatch.loop;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.schedule.Timetable;
import java.util.List;

/** The definitions of all sources, and the timetable that was compiled from them. */
public record CompiledDefinitions(Definitions definitions, Timetable timetable) {

    /** No definitions of no source. */
    public static final CompiledDefinitions NONE =
            new CompiledDefinitions(Definitions.NONE, Timetable.joined(List.of()));
}
