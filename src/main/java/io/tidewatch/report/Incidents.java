package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.text.IncidentText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides when an incident opens and when it is resolved. A target has one incident at a time. It is resolved after a time
 * without a problem, so that flapping is one incident.
 */
final class Incidents {

    /** How long a target must be without a problem before its incident is resolved. */
    static final Duration CALM = Duration.ofSeconds(30);

    private Incidents() {}

    static Optional<Incident> opened(DesiredBounds desired, IncidentCandidate trouble, Instant since, Moment now) {
        if (now.isBefore(since.plus(trouble.patience()))) {
            return Optional.empty();
        }
        return Optional.of(opened(
                desired.target(),
                window(desired, trouble),
                desired.schedule().alerts().receivers(),
                trouble,
                now.instant()));
    }

    /** The window that counts; of a problem ahead, the window that raises. */
    private static Optional<String> window(DesiredBounds desired, IncidentCandidate trouble) {
        return (trouble.isAhead() ? desired.upcoming().flatMap(DesiredBounds.Upcoming::window) : desired.window())
                .map(DesiredBounds.OpenWindow::name);
    }

    static Incident opened(
            Target target, Optional<String> window, List<String> receivers, IncidentCandidate trouble, Instant now) {
        return new Incident(
                target + "@" + now,
                target,
                window,
                trouble.state(),
                trouble.cause(),
                trouble.severity(),
                receivers,
                now,
                Optional.empty(),
                trouble.summary());
    }

    static Optional<Incident> ended(Incident open, Ledger.Page page, String summary, Moment now) {
        boolean calm = page.calmSince()
                .filter(since -> !now.isBefore(since.plus(CALM)))
                .isPresent();
        return calm ? Optional.of(open.resolved(page.calmSince().orElseGet(now::instant), summary)) : Optional.empty();
    }

    /** Whether the diagnosis finds again what the open incident has reported: another writer overwrites spec.replicas. */
    static boolean isSameOverwriting(Optional<Incident> open, Diagnosis diagnosis) {
        return open.filter(incident -> incident.state() == diagnosis.state())
                        .flatMap(Incident::cause)
                        .filter(Cause.REPLICAS_OVERWRITTEN::equals)
                        .isPresent()
                && diagnosis.cause().equals(open.flatMap(Incident::cause));
    }

    /**
     * Until when the other writer of an open incident is expected to overwrite spec.replicas again. The pods serve between two
     * writes, which may be minutes apart; that is one incident.
     */
    static Optional<Instant> overwrittenUntil(Optional<Incident> open, Diagnosis diagnosis, Moment now) {
        return open.flatMap(Incident::cause)
                .filter(Cause.REPLICAS_OVERWRITTEN::equals)
                .flatMap(overwritten -> diagnosis.progress().overwrites().expectedUntil())
                .filter(now::isBefore);
    }

    /** Resolves the incident of a target that no schedule names any more. */
    static Incident abandoned(Incident open, Instant now) {
        return open.resolved(now, IncidentText.abandoned());
    }
}
