package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import org.junit.jupiter.api.Test;

/** Where all is in fact well, the answer names the claim that it is not. */
class ArgoClaimTest {

    private static final String TIMED_OUT = "ReplicaSet \"checkout-1\" has timed out progressing.";
    private static final String AT = "2026-11-23T17:15:25Z";

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("x-up-converged", "checkout", 7, AT);
    }

    @Test
    void aRolloutThatIsDegradedThoughItsPodsServe() {
        Diagnosis diagnosis = ask(CaseDump.of("up-converged")
                .set("Rollout", "status.phase", "Degraded")
                .set("Rollout", "status.message", "ProgressDeadlineExceeded: " + TIMED_OUT));

        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.summary())
                .isEqualTo("7 of 7 available; Argo reports Degraded: ProgressDeadlineExceeded: ReplicaSet"
                        + " \"checkout-1\" has timed out progressing; the pods prove otherwise");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.field().equals("status.phase")
                        && proof.value().startsWith("Degraded: ProgressDeadlineExceeded"));
    }

    @Test
    void aProgressDeadlineThatExpiredCountsWithoutAPhase() {
        Diagnosis diagnosis = ask(CaseDump.of("up-converged")
                .set("Rollout", "status.phase", null)
                .condition("Rollout", "Progressing", "False", "ProgressDeadlineExceeded", TIMED_OUT, AT));

        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.summary()).contains("; Argo reports Degraded: ProgressDeadlineExceeded: ");
    }

    @Test
    void argoCdShowsTheScaledObjectAsDegradedWhileTheHpaHasNoMetrics() {
        Diagnosis diagnosis = ask(CaseDump.of("up-converged")
                .condition("ScaledObject", "Ready", "False", "HPAMetricsUnavailable", "no metrics yet", AT));

        assertThat(diagnosis.summary())
                .isEqualTo("7 of 7 available; Argo CD shows the ScaledObject as Degraded: HPAMetricsUnavailable:"
                        + " no metrics yet; the pods prove otherwise");
    }

    @Test
    void aTriggerThatFailsIsNotDisprovenByPods() {
        assertThat(ask(CaseDump.of("up-converged")
                                .condition("ScaledObject", "Ready", "False", "TriggerError", "answers 500", AT))
                        .summary())
                .isEqualTo("7 of 7 available");
    }

    @Test
    void anAbortedRolloutIsDegradedForAReason() {
        assertThat(CaseDump.of("aborted-scale-down")
                        .ask("x-aborted", "checkout", 5, "2026-11-23T17:17:33Z")
                        .summary())
                .contains("the Rollout is aborted")
                .doesNotContain("prove otherwise");
    }
}
