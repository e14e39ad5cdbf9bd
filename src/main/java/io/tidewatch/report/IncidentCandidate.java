package io.tidewatch.report;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.text.PreflightText;
import io.tidewatch.text.WriteFailureText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A problem of a target that becomes an incident if it lasts.
 *
 * @param patience how long the problem must last before its incident opens
 * @param summary what is wrong, without the target's name; fits a lock screen
 */
record IncidentCandidate(
        State state, Optional<Cause> cause, Optional<Hop> hop, Severity severity, Duration patience, String summary) {

    /** Whether it is of a preflight: the raise is still ahead. */
    boolean isAhead() {
        return state == State.WAITING;
    }

    /** The worst problem in diagnosis, plan and rejections. Absent while a remedy is left. */
    static Optional<IncidentCandidate> of(
            DesiredBounds desired,
            Optional<AutoscalerView> live,
            Diagnosis diagnosis,
            List<Skipped> skipped,
            List<Outcome> outcomes) {
        Severity loud = desired.schedule().alerts().severity();
        boolean lacks = live.filter(
                        found -> found.bounds().min() < desired.bounds().min())
                .isPresent();
        Severity conflict = lacks ? loud : quieter(loud);
        return rejected(loud, outcomes)
                .or(() -> conflict(skipped, outcomes, conflict))
                .or(() -> withheld(skipped, quieter(loud)))
                .or(() -> diagnosed(desired, diagnosis, skipped, loud, conflict));
    }

    /**
     * The finding of the preflight that counts soonest; the first of several. An update that is on its way, a controller without a ready pod, or a pod that waits for a node
     * often passes by itself, so it has to last.
     */
    static Optional<IncidentCandidate> ahead(DesiredBounds desired, Optional<Preflight> preflight) {
        ScaleSchedule schedule = desired.schedule();
        return preflight.flatMap(one -> one.findings().stream()
                .min(Comparator.comparing(finding -> patience(schedule, finding.risk())))
                .map(finding -> new IncidentCandidate(
                        State.WAITING,
                        finding.risk().cause(),
                        Optional.empty(),
                        quieter(schedule.alerts().severity()),
                        patience(schedule, finding.risk()),
                        PreflightText.summary(finding, one.raise(), schedule.timeZone()))));
    }

    private static Duration patience(ScaleSchedule schedule, Risk risk) {
        return switch (risk) {
            case UPDATE_IN_FLIGHT -> schedule.checks().timeout();
            case KEDA_NOT_FOLLOWING,
                    ROLLOUTS_CONTROLLER_NOT_FOLLOWING,
                    HPA_NOT_SCALING,
                    TARGET_MISSING,
                    UNSCHEDULABLE -> schedule.checks().follow();
            default -> Duration.ZERO;
        };
    }

    /** An edge is not carried out because of annotations on the object. Their author may not know of the edge. */
    private static Optional<IncidentCandidate> withheld(List<Skipped> skipped, Severity severity) {
        return skipped.stream()
                .filter(skip -> skip.code().equals(Skipped.OTHER_INSTANCE)
                        || skip.code().equals(Skipped.HELD_PAST_EDGE))
                .findFirst()
                .map(skip -> {
                    boolean person = skip.code().equals(Skipped.HELD_PAST_EDGE);
                    return new IncidentCandidate(
                            person ? State.DEFERRED : State.CONFLICT,
                            Optional.of(person ? Cause.HOLD : Cause.FIELD_CONFLICT),
                            Optional.of(Hop.SCALED_OBJECT),
                            severity,
                            Duration.ZERO,
                            skip.reason());
                });
    }

    private static Optional<IncidentCandidate> rejected(Severity loud, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Rejected.class::isInstance)
                .map(Outcome.Rejected.class::cast)
                .findFirst()
                .map(rejected -> new IncidentCandidate(
                        State.FAILED,
                        Optional.empty(),
                        Optional.of(Hop.SCALED_OBJECT),
                        loud,
                        rejected.isOfCaller() ? Incidents.CALM : Duration.ZERO,
                        WriteFailureText.rejected(rejected)));
    }

    /** A conflict may have arisen after the decision to write, so it opens only if the next passes find it again. */
    private static Optional<IncidentCandidate> conflict(
            List<Skipped> skipped, List<Outcome> outcomes, Severity severity) {
        Optional<String> held = skipped.stream()
                .filter(skip -> skip.code().equals(Skipped.CONFLICT))
                .map(Skipped::reason)
                .findFirst();
        Optional<String> met = outcomes.stream()
                .filter(Outcome.Conflicted.class::isInstance)
                .map(Outcome.Conflicted.class::cast)
                .map(WriteFailureText::conflict)
                .findFirst();
        return held.or(() -> met)
                .map(summary -> new IncidentCandidate(
                        State.CONFLICT,
                        Optional.of(Cause.FIELD_CONFLICT),
                        Optional.of(Hop.SCALED_OBJECT),
                        severity,
                        held.isPresent() ? Duration.ZERO : Incidents.CALM,
                        summary));
    }

    private static Optional<IncidentCandidate> diagnosed(
            DesiredBounds desired, Diagnosis diagnosis, List<Skipped> skipped, Severity loud, Severity conflict) {
        return switch (diagnosis.state()) {
            case STALE_STATUS ->
                isLeftToPeople(desired.schedule(), diagnosis, skipped)
                        ? Optional.of(as(diagnosis, quieter(loud), Duration.ZERO))
                        : Optional.empty();
            case AVAILABILITY_LAG ->
                Optional.of(as(
                        diagnosis,
                        available(diagnosis) >= desired.bounds().min() ? quieter(loud) : loud,
                        Duration.ZERO));
            case BLOCKED ->
                isIdleByWill(desired, diagnosis) ? Optional.empty() : Optional.of(as(diagnosis, loud, Duration.ZERO));
            case FAILED -> Optional.of(as(diagnosis, loud, patience(desired, diagnosis)));
            case CONFLICT -> Optional.of(as(diagnosis, conflict, Duration.ZERO));
            case UNKNOWN ->
                Optional.of(as(
                        diagnosis,
                        quieter(loud),
                        diagnosis.isInternalError()
                                ? Duration.ZERO
                                : desired.schedule().checks().follow()));
            default -> Optional.empty();
        };
    }

    /** Outside of windows, idleReplicaCount is as the ScaledObject specifies. */
    private static boolean isIdleByWill(DesiredBounds desired, Diagnosis diagnosis) {
        return desired.window().isEmpty() && diagnosis.causes().contains(Cause.IDLE_WITHOUT_ACTIVITY);
    }

    /** Whether no remedy of the schedule is left for a stale status. */
    private static boolean isLeftToPeople(ScaleSchedule schedule, Diagnosis diagnosis, List<Skipped> skipped) {
        return schedule.remedies().isEmpty()
                || !diagnosis.causes().contains(Cause.STALE_REPLICA_SET_CACHE)
                || skipped.stream().anyMatch(skip -> skip.code().equals(Skipped.REMEDIES_SPENT));
    }

    /** How long the problem must last. An object that a commit creates is missing for a moment. */
    private static Duration patience(DesiredBounds desired, Diagnosis diagnosis) {
        return diagnosis.causes().contains(Cause.TARGET_MISSING)
                ? desired.schedule().checks().follow()
                : Duration.ZERO;
    }

    private static IncidentCandidate as(Diagnosis diagnosis, Severity severity, Duration patience) {
        return new IncidentCandidate(
                diagnosis.state(), diagnosis.cause(), diagnosis.hop(), severity, patience, diagnosis.summary());
    }

    private static int available(Diagnosis diagnosis) {
        return diagnosis.live().map(Counters::availableReplicas).orElse(0);
    }

    static Severity quieter(Severity loud) {
        return loud.compareTo(Severity.WARNING) < 0 ? loud : Severity.WARNING;
    }
}
