package io.tidewatch.view.incident;

import io.tidewatch.model.Durations;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.text.PagePath;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An incident in one line.
 *
 * @param target as people read it; Tidewatch itself by its name
 * @param word the word of the state for people, as messages have it
 * @param lasted how long it lasted, or lasts until now
 */
public record IncidentLine(
        String id,
        String target,
        String word,
        State state,
        Optional<Cause> cause,
        String severity,
        Instant opened,
        Optional<Instant> ended,
        String lasted,
        String summary) {

    /** Where its page is. */
    public String path() {
        return PagePath.incident(id);
    }

    public static IncidentLine of(Incident incident, Instant now) {
        return new IncidentLine(
                incident.id(),
                incident.target().isTidewatch()
                        ? incident.target() + " (" + incident.target().name() + ")"
                        : incident.target().toString(),
                incident.word(),
                incident.state(),
                incident.cause(),
                incident.severity().name().toLowerCase(Locale.ROOT),
                incident.opened(),
                incident.ended(),
                Durations.roughly(
                        Duration.between(incident.opened(), incident.ended().orElse(now))),
                incident.summary());
    }

    /** As it was known at an instant. */
    public static IncidentLine asOf(Incident incident, Instant at) {
        return of(
                incident.ended().filter(end -> end.isAfter(at)).isPresent()
                        ? new Incident(
                                incident.id(),
                                incident.target(),
                                incident.window(),
                                incident.state(),
                                incident.cause(),
                                incident.severity(),
                                incident.receivers(),
                                incident.opened(),
                                Optional.empty(),
                                "still open then")
                        : incident,
                at);
    }
}
