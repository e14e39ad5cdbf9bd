package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
        HorizontalPodAutoscaler | spec.minReplicas | spec.minReplicas of HPA
        Rollout    | spec.replicas                 | spec.replicas of Rollout
        ReplicaSet | spec.replicas                 | spec.replicas of ReplicaSet
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

    /** The API server has written the default 1 of each of these into the object, so that no number means that a tool removed it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        deployment-up-converged   | w-deployment-up            | 7 | 2026-11-28T19:52:29Z | Deployment
        deployment-unschedulable  | w-deployment-unschedulable | 8 | 2026-11-28T20:08:14Z | Deployment
        deployment-up-converged   | w-deployment-up            | 7 | 2026-11-28T19:52:29Z | ReplicaSet
        statefulset-up-converged  | w-sts-up                   | 7 | 2026-11-28T19:53:25Z | StatefulSet
        statefulset-stuck-ordinal | w-sts-stuck                | 8 | 2026-11-28T20:09:22Z | StatefulSet
        hpa-alone-up              | w2-bare-up                 | 7 | 2026-11-28T19:56:24Z | Deployment
        """)
    void aNumberThatIsGoneOrNoNumberBlamesNobody(String file, String namespace, int wanted, String at, String kind) {
        Predicate<Map<String, Object>> theirs =
                object -> namespace.equals(((Map<?, ?>) object.get("metadata")).get("namespace"));
        for (Object wrong : new Object[] {null, "seven", -7, List.of(), 1L << 40}) {
            Diagnosis diagnosis = CaseDump.of(file)
                    .setWhere(kind, theirs, "spec.replicas", wrong)
                    .ask(namespace, "checkout", wanted, at);

            assertThat(diagnosis.state()).as(wrong + ": " + diagnosis.summary()).isEqualTo(State.UNKNOWN);
            assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
            assertThat(diagnosis.causes()).isEmpty();
            assertThat(diagnosis.missing()).contains("spec.replicas of " + kind);
            assertThat(diagnosis.summary()).contains("spec.replicas").doesNotContain("-1");
        }
    }

    /** The Rollouts controller writes the 1 itself, and nothing else before. So a Rollout that it has not seen yet has one replica. */
    @Test
    void aRolloutWithoutReplicasHasOneUntilItsControllerHasSeenIt() {
        Diagnosis unseen = up(CaseDump.of("up-converged")
                .set("Rollout", "spec.replicas", null)
                .set("Rollout", "metadata.generation", 99));
        assertThat(unseen.state()).as(unseen.summary()).isEqualTo(State.WAITING);
        assertThat(unseen.summary()).contains("has not raised the Rollout from 1");
        assertThat(unseen.missing()).doesNotContain("spec.replicas of Rollout");

        Diagnosis unreadable = up(CaseDump.of("up-converged").set("Rollout", "spec.replicas", "seven"));
        assertThat(unreadable.state()).isEqualTo(State.UNKNOWN);
        assertThat(unreadable.summary()).isEqualTo("spec.replicas of Rollout is missing, or is no number");
    }

    /** What a person or a rejection has stopped is so whatever the numbers are. */
    @Test
    void whatIsStoppedIsSoWithoutTheNumber() {
        assertThat(CaseDump.of("paused-at-three")
                        .set("Rollout", "spec.replicas", null)
                        .ask("diag-lab", "pausedrep", 7, "2026-11-25T14:16:10Z")
                        .state())
                .isEqualTo(State.DEFERRED);
        assertThat(CaseDump.of("field-conflict")
                        .set("Rollout", "spec.replicas", null)
                        .ask("shop", "checkout", 7, "2026-11-22T13:01:00Z")
                        .state())
                .isEqualTo(State.CONFLICT);
    }

    /** Found by a mutation: a controller was blamed for a number that differs from one that nobody can read. */
    @Test
    void whoeverStoppedItAControllerIsNotBlamedForANumberThatCannotBeRead() {
        for (String file : List.of("deployment-hold", "deployment-scaled-object-paused", "statefulset-hold", "hold")) {
            CaseDump dump = CaseDump.of(file);
            for (String kind : List.of("Rollout", "Deployment", "StatefulSet")) {
                dump.setWhere(kind, CaseDump.named("checkout"), "spec.replicas", "five");
            }
            Diagnosis diagnosis = dump.ask("shop", "checkout", 7, "2026-11-22T13:01:00Z");
            assertThat(diagnosis.state()).as(file).isEqualTo(State.DEFERRED);
            assertThat(diagnosis.causes()).as(file).hasSize(1);
        }
    }

    /** A custom resource may keep its number elsewhere; its HPA reads the scale subresource. */
    @Test
    void theNumberOfAnotherKindIsWhatItsHpaSaysWhereTheObjectSaysNone() {
        CaseDump elsewhere = CaseDump.of("widget-up");
        elsewhere.objects.stream()
                .filter(object -> "Widget".equals(object.get("kind")))
                .forEach(object -> ((Map<?, ?>) object.get("spec")).remove("replicas"));
        Diagnosis diagnosis = elsewhere.ask("v-widget", "checkout", 8, "2026-11-30T06:01:06Z");
        assertThat(diagnosis.state()).as(diagnosis.summary()).isEqualTo(State.CONVERGED);

        Diagnosis unreadable = elsewhere
                .set("Widget", "spec.replicas", "eight")
                .ask("v-widget", "checkout", 8, "2026-11-30T06:01:06Z");
        assertThat(unreadable.state()).isEqualTo(State.UNKNOWN);
        assertThat(unreadable.missing()).contains("spec.replicas of Widget");
    }

    @Test
    void anAbsentMaximumIsNoCap() {
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
