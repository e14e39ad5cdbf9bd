package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import org.junit.jupiter.api.Test;

/** A canary with traffic routing in the middle of an update: 7 stable pods and 3 of the update (argo-rollouts#4847). */
class RoutedCanaryTest {

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "checkout", 7, "2026-11-22T13:06:40Z");
    }

    @Test
    void hpaReplicasMayCountAllPodsOrTheStablePodsAlone() {
        assertThat(ask(CaseDump.of("converged-paused-routed")).state()).isEqualTo(State.CONVERGED_PAUSED);

        Diagnosis stable = ask(CaseDump.of("converged-paused-routed").set("Rollout", "status.HPAReplicas", 7));

        assertThat(stable.state()).isEqualTo(State.CONVERGED_PAUSED);
        assertThat(stable.evidence()).noneMatch(proof -> proof.field().equals("status.HPAReplicas"));
    }

    @Test
    void anotherCounterThatDiffersIsStaleAllTheSame() {
        Diagnosis diagnosis = ask(CaseDump.of("converged-paused-routed")
                .set("Rollout", "status.HPAReplicas", 7)
                .set("Rollout", "status.readyReplicas", 9));

        assertThat(diagnosis.summary()).contains("Rollout.status still says");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.field().equals("status.readyReplicas"))
                .noneMatch(proof -> proof.field().equals("status.HPAReplicas"));
    }

    @Test
    void withDynamicStableScaleHpaReplicasIsCompared() {
        Diagnosis diagnosis = ask(CaseDump.of("converged-paused-dynamic").set("Rollout", "status.HPAReplicas", 5));

        assertThat(diagnosis.evidence()).anyMatch(proof -> proof.field().equals("status.HPAReplicas"));
    }
}
