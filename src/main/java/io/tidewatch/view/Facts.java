package io.tidewatch.view;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Standing;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that pages are made of, as it is known at one instant.
 *
 * @param at when this was put together
 * @param standing how the loop, the sources and the targets stand after the last pass
 * @param definitions those that are in force
 * @param timetable compiled from them
 * @param leads that targets have learned
 * @param events of the hours before; absent where the journal cannot be read now
 * @param missing the kinds that the last pass could not see; {@link ClusterState#API_SERVER} while it does not answer
 */
public record Facts(
        Instant at,
        Standing standing,
        Definitions definitions,
        Timetable timetable,
        LearnedLeads leads,
        Optional<PastEvents> events,
        Set<String> missing) {

    /** How long before now the first page begins. */
    public static final Duration BEFORE = Duration.ofHours(6);

    /** How far ahead it looks. */
    public static final Duration AHEAD = Duration.ofHours(12);

    /** The most rows of one kind that are read from the journal for it. */
    public static final int MOST_ROWS = 5_000;

    public Facts {
        missing = Set.copyOf(missing);
    }

    /** The clock of a target's schedule; UTC where no schedule names it. */
    public Clocks clocks(Target target) {
        return timetable
                .schedule(target)
                .map(ScaleSchedule::timeZone)
                .map(Clocks::new)
                .orElse(Clocks.UTC);
    }

    /** The targets with an open incident, as far as that is known. */
    public Set<Target> inTrouble() {
        return events.orElse(PastEvents.NONE).incidents().stream()
                .filter(incident -> incident.ended().isEmpty())
                .map(Incident::target)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a schedule names the target now. */
    public boolean isScheduled(Target target) {
        return timetable.schedule(target).isPresent();
    }
}
