package io.tidewatch.alert;

import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Pass;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An incident with what is known of its target at this look; each absent where the target's schedule or objects are gone.
 *
 * @param tried the diary's lines about remedies, in the order tried
 */
record Scene(
        Incident incident,
        Optional<Diagnosis> diagnosis,
        Optional<Wanted> wanted,
        Optional<TargetObservation> seen,
        List<DiaryEntry> tried) {

    Scene {
        tried = List.copyOf(tried);
    }

    /** Where the stretch that an incident opened in is past, its remedies are looked for in this time before it. */
    private static final Duration BEFORE = Duration.ofHours(1);

    /**
     * @param remedies of any target and stretch; those that are not about this incident are left out
     */
    static Scene of(Incident incident, Pass pass, List<DiaryEntry> remedies) {
        Optional<Wanted> wanted = Optional.ofNullable(pass.agenda().wanted().get(incident.target()));
        Instant from = wanted.flatMap(Wanted::since)
                .filter(since -> !since.isAfter(incident.opened()))
                .orElseGet(() -> incident.opened().minus(BEFORE));
        return new Scene(
                incident,
                pass.diagnoses().of(incident.target()),
                wanted,
                Optional.ofNullable(pass.observation().targets().get(incident.target())),
                remedies.stream()
                        .filter(entry -> entry.target().equals(Optional.of(incident.target()))
                                && !entry.at().isBefore(from))
                        .toList());
    }

    ZoneId zone() {
        return wanted.map(what -> what.schedule().timeZone()).orElse(ZoneOffset.UTC);
    }
}
