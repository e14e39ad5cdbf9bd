package io.tidewatch.report;

import static io.tidewatch.report.Given.CHECKOUT;
import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is an incident at all, how severe it is, and how long it must last before it opens. */
class IncidentCandidateTest {

    private static final RemedyPolicy NUDGES =
            new RemedyPolicy(RemedyPolicy.Type.NUDGE_REPLICA_SETS, 3, Duration.ofSeconds(20));

    private List<Skipped> skipped = List.of();
    private List<Outcome> outcomes = List.of();
    private DesiredBounds desired = Given.inWindow();
    private int live = 7;

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"CONVERGED", "CONVERGED_PAUSED", "CONVERGED_ABORTED", "CONVERGED_UPDATING", "WAITING", "DEFERRED"})
    void whatIsNoProblemIsNoIncident(State state) {
        assertThat(candidate(Given.diagnosis(state))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABILITY_LAG, 6, IMAGE_PULL, CRITICAL, PT0S",
        "AVAILABILITY_LAG, 7, KEDA_NOT_FOLLOWING, WARNING, PT0S",
        "STALE_STATUS, 7, STALE_REPLICA_SET_CACHE, WARNING, PT0S",
        "BLOCKED, 6, ROLLOUT_PAUSED, CRITICAL, PT0S",
        "FAILED, 6, INVALID_SPEC, CRITICAL, PT0S",
        "FAILED, 6, TARGET_MISSING, CRITICAL, PT2M",
        "CONFLICT, 7, FIELD_CONFLICT, WARNING, PT0S",
        "UNKNOWN, 7, INTERNAL_ERROR, WARNING, PT0S",
        "UNKNOWN, 7, HOLD, WARNING, PT2M",
    })
    void aProblemHasItsSeverityAndItsTime(
            State state, int available, Cause cause, Severity severity, Duration patience) {
        assertThat(candidate(Given.diagnosis(state, available, Progress.NONE, cause)))
                .hasValueSatisfying(candidate -> {
                    assertThat(candidate.state()).isEqualTo(state);
                    assertThat(candidate.cause()).contains(cause);
                    assertThat(candidate.severity()).isEqualTo(severity);
                    assertThat(candidate.patience()).isEqualTo(patience);
                    assertThat(candidate.summary()).isEqualTo("a summary");
                });
    }

    /** Another writer that keeps the minimum above the desired one costs money, not capacity. */
    @Test
    void aConflictIsAsSevereAsTheScheduleSaysOnlyWhereTheMinimumIsTooLow() {
        skipped = List.of(new Skipped(CHECKOUT, Skipped.CONFLICT, "other keeps it"));

        live = 5;
        assertThat(candidate(Given.diagnosis(State.WAITING)).orElseThrow().severity())
                .isEqualTo(Severity.CRITICAL);
        live = 9;
        assertThat(candidate(Given.diagnosis(State.WAITING)).orElseThrow().severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void aConflictThatTheDecisionSawOpensAtOnceAndOneThatAWriteMetAfterHalfAMinute() {
        outcomes = List.of(new Outcome.Conflicted(Given.raise(), NOW, "argocd", ".spec.minReplicaCount"));
        assertThat(candidate(Given.diagnosis(State.WAITING))).hasValueSatisfying(met -> {
            assertThat(met.patience()).isEqualTo(Duration.ofSeconds(30));
            assertThat(met.summary()).isEqualTo("argocd owns .spec.minReplicaCount");
        });

        skipped = List.of(new Skipped(CHECKOUT, Skipped.CONFLICT, "argocd keeps it"));
        assertThat(candidate(Given.diagnosis(State.WAITING))).hasValueSatisfying(seen -> {
            assertThat(seen.patience()).isZero();
            assertThat(seen.summary()).isEqualTo("argocd keeps it");
        });
    }

    @Test
    void aRejectionGoesBeforeAllElseAndOneOfTheCallerWaits() {
        skipped = List.of(new Skipped(CHECKOUT, Skipped.CONFLICT, "argocd keeps it"));
        outcomes = List.of(new Outcome.Rejected(Given.raise(), NOW, Subject.REQUEST, 422, "invalid"));
        assertThat(candidate(Given.diagnosis(State.AVAILABILITY_LAG))).hasValueSatisfying(rejected -> {
            assertThat(rejected.state()).isEqualTo(State.FAILED);
            assertThat(rejected.patience()).isZero();
            assertThat(rejected.summary()).isEqualTo("the API server rejected the change (422): invalid");
        });

        outcomes = List.of(new Outcome.Rejected(Given.raise(), NOW, Subject.CALLER, 403, "forbidden"));
        assertThat(candidate(Given.diagnosis(State.WAITING)).orElseThrow().patience())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"other-instance, CONFLICT, FIELD_CONFLICT", "held-past-edge, DEFERRED, HOLD"})
    void anEdgeThatStandsStillForWhatIsOnTheObjectIsAWarning(String code, State state, Cause cause) {
        skipped = List.of(new Skipped(CHECKOUT, code, "a reason"));

        assertThat(candidate(Given.diagnosis(State.WAITING))).hasValueSatisfying(withheld -> {
            assertThat(withheld.state()).isEqualTo(state);
            assertThat(withheld.cause()).contains(cause);
            assertThat(withheld.severity()).isEqualTo(Severity.WARNING);
            assertThat(withheld.summary()).isEqualTo("a reason");
        });
    }

    @ParameterizedTest
    @CsvSource({"held", "raised-by-hand", "drift", "frozen", "before-down", "waits-for-turn", "under-way"})
    void whateverElseIsSkippedIsNoIncident(String code) {
        skipped = List.of(new Skipped(CHECKOUT, code, "a reason"));

        assertThat(candidate(Given.diagnosis(State.WAITING))).isEmpty();
    }

    @Test
    void aStaleStatusIsNoIncidentWhileARemedyIsLeft() {
        desired = Given.inWindow(NUDGES);
        Diagnosis stale = Given.diagnosis(State.STALE_STATUS, Cause.STALE_REPLICA_SET_CACHE);
        assertThat(candidate(stale)).isEmpty();

        assertThat(candidate(Given.diagnosis(State.STALE_STATUS, Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING)))
                .as("no remedy for this cause")
                .isPresent();
        skipped = List.of(new Skipped(CHECKOUT, Skipped.REMEDIES_SPENT, "3 nudges did not help"));
        assertThat(candidate(stale)).isPresent();
    }

    @Test
    void restingAtIdleReplicasIsAnIncidentInsideWindowsOnly() {
        Diagnosis idle = Given.diagnosis(State.BLOCKED, Cause.IDLE_WITHOUT_ACTIVITY);
        assertThat(candidate(idle)).isPresent();

        desired = Given.outsideWindows();
        assertThat(candidate(idle)).isEmpty();
    }

    private Optional<IncidentCandidate> candidate(Diagnosis diagnosis) {
        return IncidentCandidate.of(desired, Optional.of(Given.live(live, Map.of())), diagnosis, skipped, outcomes);
    }
}
