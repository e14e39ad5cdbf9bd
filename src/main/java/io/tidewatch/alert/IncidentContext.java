package io.tidewatch.alert;

import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An incident with what this pass knows of its target. Each part is absent if the target's schedule or objects are gone.
 *
 * @param preflight of the target's next raise
 * @param tried the diary's lines about remedies, in order
 */
record IncidentContext(
        Incident incident,
        Optional<Diagnosis> diagnosis,
        Optional<DesiredBounds> desired,
        Optional<TargetObservation> seen,
        Optional<Preflight> preflight,
        List<DiaryEntry> tried) {

    IncidentContext {
        tried = List.copyOf(tried);
    }

    /** If the period in which the incident opened is past, remedies count from this time before the incident. */
    private static final Duration BEFORE = Duration.ofHours(1);

    /**
     * @param remedies lines about any target and period; those of other incidents are left out
     */
    static IncidentContext of(Incident incident, Pass pass, List<DiaryEntry> remedies) {
        Optional<DesiredBounds> desired = pass.desired().of(incident.target());
        Instant from = desired.flatMap(DesiredBounds::since)
                .filter(since -> !since.isAfter(incident.opened()))
                .orElseGet(() -> incident.opened().minus(BEFORE));
        return new IncidentContext(
                incident,
                pass.diagnoses().of(incident.target()),
                desired,
                Optional.ofNullable(pass.observation().targets().get(incident.target())),
                pass.preflights().of(incident.target()),
                remedies.stream()
                        .filter(entry -> entry.target().equals(Optional.of(incident.target()))
                                && !entry.at().isBefore(from))
                        .toList());
    }

    ZoneId zone() {
        return desired.map(what -> what.schedule().timeZone()).orElse(ZoneOffset.UTC);
    }
}
