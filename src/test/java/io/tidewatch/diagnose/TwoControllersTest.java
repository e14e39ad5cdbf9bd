package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import org.junit.jupiter.api.Test;

/** Two Deployments of a controller: which of them takes on the target, and what one without ready pods proves. */
class TwoControllersTest {

    private static final String ROLLOUTS = "quay.io/argoproj/argo-rollouts:v1.9.1";
    private static final String KEDA = "ghcr.io/kedacore/keda:2.20.2";
    private static final String AT = "2026-11-22T13:07:20Z";
    private static final String INSTANCE = "metadata.labels[argo-rollouts.argoproj.io/controller-instance-id]";

    /** The only controller that takes on the Rollout has no ready pod. */
    private static CaseDump down() {
        return CaseDump.of("rollouts-controller-not-following");
    }

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "checkout", 7, AT);
    }

    private static CaseDump withoutStatus(CaseDump dump, String deployment) {
        return dump.setWhere("Deployment", CaseDump.named(deployment), "status", null);
    }

    @Test
    void theControllerOfTheRolloutWithoutReadyPodsIsDown() {
        Diagnosis diagnosis =
                ask(down().controller("argo-rollouts", "argo-rollouts-blue", ROLLOUTS, "--instance-id=blue"));

        assertThat(diagnosis.cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(diagnosis.summary()).endsWith("the Rollouts controller has no ready pod");
    }

    @Test
    void aDeploymentThatWasLeftWithoutPodsIsNotBlamedBesideOneThatRuns() {
        Diagnosis diagnosis = ask(down().controller("argo-rollouts", "argo-rollouts-2", ROLLOUTS));

        assertThat(diagnosis.cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(diagnosis.summary()).endsWith("the Rollouts controller has written nothing since");
        assertThat(diagnosis.evidence()).noneMatch(proof -> proof.object().startsWith("Deployment"));
    }

    @Test
    void besideADeploymentWithoutAStatusNothingIsCertain() {
        Diagnosis diagnosis =
                ask(withoutStatus(down().controller("argo-rollouts", "argo-rollouts-2", ROLLOUTS), "argo-rollouts-2"));

        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(diagnosis.summary()).endsWith("the Rollouts controller has no ready pod");
    }

    @Test
    void theControllerOfAnotherInstanceIsNotBlamedWhateverItsPods() {
        Diagnosis diagnosis = ask(down().set("Rollout", INSTANCE, "blue")
                .controller("argo-rollouts", "argo-rollouts-blue", ROLLOUTS, "--instance-id=blue"));

        assertThat(diagnosis.summary()).doesNotContain("no ready pod");
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void anOperatorOfKedaIsNotBlamedBesideOneThatRuns() {
        CaseDump dump = CaseDump.of("keda-not-following");
        assertThat(ask(dump).summary()).contains("KEDA's operator keda-operator has no ready pod");

        Diagnosis beside = ask(dump.controller("keda-2", "keda-operator-2", KEDA));

        assertThat(beside.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
        assertThat(beside.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(beside.summary()).doesNotContain("no ready pod");
    }
}
