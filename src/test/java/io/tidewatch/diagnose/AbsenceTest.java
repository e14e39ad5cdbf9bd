package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A converged target with one part of its dump removed: the part is missing, and nothing is proven without it. */
class AbsenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Rollout    | status                        | status of Rollout
        Rollout    | metadata.uid                  | uid of Rollout
        ReplicaSet | metadata.ownerReferences      | ownerReferences of ReplicaSet
        ReplicaSet | metadata.uid                  | uid of ReplicaSet
        ReplicaSet | status                        | status of ReplicaSet
        ReplicaSet | status.replicas               | status of ReplicaSet
        Pod        | status                        | status of Pod
        Pod        | status.conditions             | status of Pod
        Pod        | metadata.ownerReferences      | ownerReferences of Pod
        HorizontalPodAutoscaler | status           | status of HPA
        HorizontalPodAutoscaler | status.desiredReplicas | status of HPA
        """)
    void whatIsRemovedIsMissing(String kind, String path, String missing) {
        Diagnosis diagnosis = up(CaseDump.of("up-converged").set(kind, path, null));

        assertThat(diagnosis.state()).as(diagnosis.summary()).isEqualTo(State.UNKNOWN);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(diagnosis.cause()).isEmpty();
        assertThat(diagnosis.missing()).contains(missing);
    }

    /** Left out at 0 by the controller; beside available pods it is not 0. */
    @ParameterizedTest
    @CsvSource({"Rollout, status.readyReplicas", "Rollout, status.replicas", "ReplicaSet, status.readyReplicas"})
    void aCountThatSmallerCountsContradictIsNotZero(String kind, String path) {
        assertThat(up(CaseDump.of("up-converged").set(kind, path, null)).state())
                .isEqualTo(State.UNKNOWN);
    }

    /** Defaults of the API server, not zeros. */
    @Test
    void absentSpecsHaveTheDefaultsOfTheApiServer() {
        assertThat(up(CaseDump.of("up-converged").set("HorizontalPodAutoscaler", "spec.minReplicas", null))
                        .summary())
                .contains("the HPA's minimum is 1");
        assertThat(up(CaseDump.of("up-converged").set("Rollout", "spec.replicas", null))
                        .summary())
                .contains("has not raised the Rollout from 1");
        assertThat(up(CaseDump.of("up-converged").set("HorizontalPodAutoscaler", "spec.maxReplicas", null))
                        .causes())
                .doesNotContain(Cause.HPA_CAPPED);
    }

    @Test
    void whatNobodyReadsOfAConvergedTargetIsNotNeeded() {
        assertThat(up(CaseDump.of("up-converged").without("Event").without("Deployment"))
                        .state())
                .isEqualTo(State.CONVERGED);
        assertThat(up(CaseDump.of("up-converged").set("HorizontalPodAutoscaler", "status.currentReplicas", null))
                        .state())
                .isEqualTo(State.CONVERGED);
    }

    @Test
    void aControllerWhoseDeploymentHasNoStatusIsNotDown() {
        assertThat(controllerDown(CaseDump.of("controller-down-after-step")).certainty())
                .isEqualTo(Certainty.CERTAIN);
        Diagnosis unseen =
                controllerDown(CaseDump.of("controller-down-after-step").set("Deployment", "status", null));
        assertThat(unseen.certainty()).isNotEqualTo(Certainty.CERTAIN);
        assertThat(unseen.summary()).doesNotContain("no ready pod");
        Diagnosis absent =
                controllerDown(CaseDump.of("controller-down-after-step").without("Deployment"));
        assertThat(absent.certainty()).isNotEqualTo(Certainty.CERTAIN);
        assertThat(absent.summary()).doesNotContain("no ready pod");
    }

    private static Diagnosis up(CaseDump dump) {
        return dump.ask("x-up-converged", "checkout", 7, "2026-11-23T17:15:25Z");
    }

    private static Diagnosis controllerDown(CaseDump dump) {
        return dump.ask("shop", "checkout", 5, "2026-11-22T13:02:05.055Z");
    }
}
