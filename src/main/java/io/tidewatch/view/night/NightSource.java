package io.tidewatch.view.night;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.Timetable;
import io.tidewatch.view.calendar.CalendarRows;
import io.tidewatch.view.calendar.Preview;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A source whose nights are reported.
 *
 * @param name as configured
 * @param read what it defines; absent while it has not been read
 * @param timetable of all sources
 * @param leads that targets have learned
 * @param isAlone whether no other source is configured
 */
public record NightSource(
        String name, Optional<SourceDefinitions> read, Timetable timetable, LearnedLeads leads, boolean isAlone) {

    /** The key of its incident. */
    private static final String INCIDENT = "source/";

    public static NightSource of(
            String name, Definitions definitions, Timetable timetable, LearnedLeads leads, boolean isAlone) {
        return new NightSource(
                name,
                definitions.sources().stream()
                        .filter(one -> one.source().equals(name))
                        .findFirst(),
                timetable,
                leads,
                isAlone);
    }

    /** The time zone that its schedules share, else UTC; empty while it has not been read. */
    public Optional<ZoneId> zone() {
        return read.map(source -> {
            List<ZoneId> zones = source.schedules().stream()
                    .map(ScaleSchedule::timeZone)
                    .distinct()
                    .toList();
            return zones.size() == 1 ? zones.get(0) : ZoneOffset.UTC;
        });
    }

    /**
     * Whether a target is reported with this source: one that it schedules, or its own incident. A source that is alone also has the
     * targets that it names no longer.
     */
    public boolean has(Target target) {
        if (target.isTidewatch()) {
            return target.name().equals(INCIDENT + name);
        }
        return isAlone
                || timetable
                        .schedule(target)
                        .filter(schedule -> schedule.origin().source().equals(name))
                        .isPresent();
    }

    /** What its schedules plan for a night. */
    public Optional<CalendarRows> plan(NightSpan night) {
        return read.map(source ->
                CalendarRows.of(Preview.of(new Definitions(List.of(source)), leads, night.from(), night.to())));
    }
}
