package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each pair looks alike on one field and is told apart by another. */
class ConfusablePairsTest {

    private static final String STALE_AT = "2026-11-23T18:39:06Z";
    private static final String UP_AT = "2026-11-23T17:15:25Z";
    private static final String LATER = "2026-11-23T17:40:00Z";
    private static final String UP = "x-up-converged";

    private static Diagnosis stale(CaseDump dump) {
        return dump.ask("shop", "r0086", 5, STALE_AT);
    }

    private static Diagnosis up(CaseDump dump, int desired, String at) {
        return dump.ask(UP, "checkout", desired, at);
    }

    @Test
    void staleStatusSaysBothNumbers() {
        Diagnosis diagnosis = stale(CaseDump.of("stale-phase-healthy"));
        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.summary())
                .isEqualTo("5 of 5 pods serve, Rollout.status still says 7 of 7 and Healthy."
                        + " Likely argo-rollouts#4047, fixed in v1.8.0");
    }

    @Test
    void podsThatLackBesideAStaleStatusAreALagAndNoStaleStatus() {
        CaseDump dump = CaseDump.of("stale-phase-healthy")
                .set("ReplicaSet", "status.availableReplicas", 4)
                .set("ReplicaSet", "status.readyReplicas", 4)
                .brokenPods(1, Map.of("name", "c", "ready", false), "ContainersNotReady", "2026-11-23T18:38:07Z");
        Diagnosis soon = stale(dump);
        Diagnosis late = dump.ask("shop", "r0086", 5, "2026-11-23T18:45:00Z");
        assertThat(soon.state()).isEqualTo(State.WAITING);
        assertThat(late.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(late.cause()).contains(Cause.NOT_READY);
        assertThat(late.evidence())
                .anyMatch(proof -> proof.field().equals("status.availableReplicas")
                        && proof.value().startsWith("7"));
    }

    @Test
    void aStatusWithinTheGraceIsNotStale() {
        assertThat(CaseDump.of("stale-phase-healthy")
                        .ask("shop", "r0086", 5, "2026-11-23T18:38:37Z")
                        .state())
                .isEqualTo(State.WAITING);
        assertThat(CaseDump.of("stale-phase-healthy")
                        .ask("shop", "r0086", 5, "2026-11-23T18:38:38Z")
                        .state())
                .isEqualTo(State.STALE_STATUS);
    }

    @Test
    void aControllerThatWroteNothingSinceHangs() {
        CaseDump dump = CaseDump.of("stale-phase-healthy");
        for (String type : new String[] {"Healthy", "Available"}) {
            dump.condition("Rollout", type, "True", "Old", "", "2026-11-23T18:37:02Z");
        }
        dump.condition("Rollout", "Progressing", "True", "NewReplicaSetAvailable", "", "2026-11-23T18:37:02Z");
        Diagnosis diagnosis = stale(dump);
        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
    }

    @Test
    void withoutEventsTheConditionsMakeItLikelyAtMost() {
        Diagnosis diagnosis = stale(CaseDump.of("stale-phase-healthy").without("Event"));
        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void aStabilizedHpaIsSuccess() {
        CaseDump dump = CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .condition("HorizontalPodAutoscaler", "ScalingLimited", "False", "DesiredWithinRange", "", UP_AT);
        Diagnosis diagnosis = up(dump, 5, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.notes()).containsExactly(Note.STABILIZING);
    }

    @Test
    void loadAboveTheMinimumIsSuccess() {
        CaseDump dump = CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .condition("HorizontalPodAutoscaler", "ScalingLimited", "False", "DesiredWithinRange", "", UP_AT)
                .condition("HorizontalPodAutoscaler", "AbleToScale", "True", "ReadyForNewScale", "", UP_AT);
        Diagnosis diagnosis = up(dump, 5, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void anHpaThatHasNotSyncedSinceItsMinimumFellIsWaitedFor() {
        CaseDump dump = CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5);
        Diagnosis diagnosis = up(dump, 5, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.hop()).contains(Hop.HPA);
    }

    @Test
    void failingMetricsHoldReplicasWhileKedaFollows() {
        Diagnosis diagnosis = CaseDump.of("metrics-failing-down")
                .ask("x-metrics-failing-down", "checkout", 5, "2026-11-23T17:16:06Z");
        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.notes()).containsExactly(Note.METRICS_FAILING_HOLD_REPLICAS);
    }

    @Test
    void readyTrueProvesNothingWhileTheHpaHasTheOldMinimum() {
        Diagnosis diagnosis = up(CaseDump.of("up-converged").set("ScaledObject", "spec.minReplicaCount", 9), 9, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.hop()).contains(Hop.HPA);
        assertThat(diagnosis.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void aBrokenTriggerIsTheScaledObjectsFault() {
        Diagnosis diagnosis = CaseDump.of("keda-invalid-trigger-up")
                .ask("x-keda-invalid-trigger-up", "checkout", 7, "2026-11-23T17:15:56Z");
        assertThat(diagnosis.state()).isEqualTo(State.FAILED);
        assertThat(diagnosis.cause()).contains(Cause.SCALED_OBJECT_INVALID);
    }

    @Test
    void aPausedStepThatServesIsConvergedAndAPausedCanaryThatIsNotScaledIsBlocked() {
        assertThat(CaseDump.of("canary-step-paused")
                        .ask("x-canary-step-paused", "checkout", 7, "2026-11-23T17:17:34Z")
                        .state())
                .isEqualTo(State.CONVERGED_PAUSED);
        Diagnosis blocked = CaseDump.of("user-paused").ask("x-user-paused", "checkout", 7, "2026-11-23T17:18:43Z");
        assertThat(blocked.state()).isEqualTo(State.BLOCKED);
        assertThat(blocked.cause()).contains(Cause.ROLLOUT_PAUSED);
    }

    @Test
    void anInconclusiveAnalysisBlocks() {
        Diagnosis blocked = CaseDump.of("user-paused")
                .set("Rollout", "spec.paused", false)
                .set("Rollout", "status.controllerPause", true)
                .set(
                        "Rollout",
                        "status.pauseConditions",
                        java.util.List.of(Map.of("reason", "InconclusiveAnalysisRun")))
                .ask("x-user-paused", "checkout", 7, "2026-11-23T17:18:43Z");
        assertThat(blocked.cause()).contains(Cause.INCONCLUSIVE_ANALYSIS);
    }

    @Test
    void podsBeforeTheirScaleDownDeadlineAreNoLagAndLeftoversAre() {
        String at = "2026-11-23T18:07:01Z";
        Diagnosis delayed =
                CaseDump.of("routed-canary-scale-down-delay").ask("x-routed-canary-paused-upb", "checkout", 7, at);
        assertThat(delayed.state()).isEqualTo(State.CONVERGED);
        assertThat(delayed.notes()).contains(Note.SCALE_DOWN_DELAY);
        Diagnosis leftover = CaseDump.of("routed-canary-scale-down-delay")
                .set("ReplicaSet", "metadata.annotations[scale-down-deadline]", null)
                .ask("x-routed-canary-paused-upb", "checkout", 7, at);
        assertThat(leftover.state()).isEqualTo(State.WAITING);
    }

    @Test
    void aLegacyHashCountsAsObservedAndAnOlderGenerationDoesNot() {
        assertThat(up(CaseDump.of("up-converged").set("Rollout", "status.observedGeneration", "7d9c8b5f6"), 7, UP_AT)
                        .state())
                .isEqualTo(State.CONVERGED);
        Diagnosis behind = up(CaseDump.of("up-converged").set("Rollout", "status.observedGeneration", "1"), 7, LATER);
        assertThat(behind.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(behind.cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
    }

    @Test
    void aPausedScaledObjectIsDeferred() {
        Diagnosis diagnosis = up(
                CaseDump.of("up-converged")
                        .set("ScaledObject", "metadata.annotations[autoscaling.keda.sh/paused]", "true")
                        .without("HorizontalPodAutoscaler"),
                7,
                UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.DEFERRED);
        assertThat(diagnosis.cause()).contains(Cause.SCALED_OBJECT_PAUSED);
    }

    @Test
    void aMinimumRaisedManuallyIsFollowedAndNoted() {
        Diagnosis diagnosis = up(CaseDump.of("up-converged"), 5, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.CONVERGED);
        assertThat(diagnosis.notes()).contains(Note.RAISED_MANUALLY);
    }

    @Test
    void aBrokenRevisionInMidUpdateIsNotMissingCapacity() {
        CaseDump dump = CaseDump.of("canary-step-paused")
                .set("Rollout", "status.controllerPause", null)
                .set("Rollout", "status.pauseConditions", null)
                .setWhere("ReplicaSet", CaseDump.named("checkout-54454cdb66"), "status.availableReplicas", 0)
                .setWhere("ReplicaSet", CaseDump.named("checkout-54454cdb66"), "status.readyReplicas", 0);
        dump.objects.stream()
                .filter(object ->
                        "Pod".equals(object.get("kind")) && object.toString().contains("checkout-54454cdb66-"))
                .toList()
                .forEach(pod -> new Break(pod).imagePull());
        Diagnosis diagnosis = dump.ask("x-canary-step-paused", "checkout", 7, LATER);
        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(diagnosis.cause()).contains(Cause.IMAGE_PULL);
        assertThat(diagnosis.notes()).contains(Note.BROKEN_REVISION_TAKES_CAPACITY);
    }

    @Test
    void whatADumpLacksIsNeverGuessed() {
        for (String kind : new String[] {"HorizontalPodAutoscaler", "ReplicaSet", "Pod", "Rollout", "ScaledObject"}) {
            Diagnosis diagnosis = up(CaseDump.of("up-converged").without(kind), 7, LATER);
            assertThat(diagnosis.state()).as("without " + kind).isEqualTo(State.UNKNOWN);
        }
        Diagnosis alone =
                up(CaseDump.of("up-converged").without("ScaledObject").without("HorizontalPodAutoscaler"), 7, LATER);
        assertThat(alone.state()).isEqualTo(State.CONVERGED);
        assertThat(alone.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(alone.missing()).contains("ScaledObject", "HPA");
    }

    @Test
    void aScaleDownThatTheHpaDecidedAndTheRolloutLacksIsNoStabilization() {
        CaseDump dump = CaseDump.of("up-converged")
                .set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .set("HorizontalPodAutoscaler", "status.desiredReplicas", 5);
        Diagnosis diagnosis = up(dump, 5, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.hop()).contains(Hop.HPA);
        assertThat(diagnosis.notes()).isEmpty();
    }

    @Test
    void metricsThatFailHoldReplicasOnlyOnceKedaHasCarriedTheMinimumOn() {
        Diagnosis diagnosis = CaseDump.of("metrics-failing-down")
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 7)
                .ask("x-metrics-failing-down", "checkout", 5, "2026-11-23T17:16:06Z");
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
        assertThat(diagnosis.notes()).isEmpty();
    }

    @Test
    void theSameStaleHpaUnderATriggerThatKedaAcceptsIsKedasDoing() {
        Diagnosis diagnosis = CaseDump.of("keda-invalid-trigger-up")
                .condition("ScaledObject", "Ready", "True", "ScaledObjectReady", "", UP_AT)
                .ask("x-keda-invalid-trigger-up", "checkout", 7, "2026-11-23T17:15:56Z");
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.hop()).contains(Hop.HPA);
        assertThat(diagnosis.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void aRejectionBecauseOfARolloutThatExistsByNowIsOutdated() {
        CaseDump dump = CaseDump.of("up-converged")
                .without("HorizontalPodAutoscaler")
                .condition(
                        "ScaledObject",
                        "Ready",
                        "False",
                        "ScaledObjectCheckFailed",
                        "ScaledObject doesn't have correct scaleTargetRef specification: rollouts.argoproj.io \"checkout\""
                                + " not found",
                        UP_AT);
        CaseDump.of("keda-invalid-trigger-up").objects.stream()
                .filter(object -> "HorizontalPodAutoscaler".equals(object.get("kind")))
                .forEach(dump.objects::add);
        Diagnosis diagnosis = up(dump, 7, UP_AT);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.hop()).contains(Hop.HPA);
        assertThat(diagnosis.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void aPausedStepIsNoStuckOne() {
        CaseDump stuck = CaseDump.of("canary-step-paused")
                .set("Rollout", "status.controllerPause", null)
                .set("Rollout", "status.pauseConditions", null);
        assertThat(stuck.ask("x-canary-step-paused", "checkout", 7, LATER).state())
                .isEqualTo(State.CONVERGED_UPDATING);
        Diagnosis lacking = CaseDump.of("canary-step-paused")
                .setWhere("ReplicaSet", CaseDump.named("checkout-54454cdb66"), "status.availableReplicas", 1)
                .setWhere("ReplicaSet", CaseDump.named("checkout-54454cdb66"), "status.readyReplicas", 1)
                .ask("x-canary-step-paused", "checkout", 7, LATER);
        assertThat(lacking.state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    @Test
    void podsPastTheirScaleDownDeadlineAreLeftovers() {
        String at = "2026-11-23T18:07:01Z";
        CaseDump dump = CaseDump.of("routed-canary-scale-down-delay");
        dump.setWhere(
                "ReplicaSet",
                CaseDump.named("checkout-5b7b5d4c75"),
                "metadata.annotations[scale-down-deadline]",
                "2026-11-23T18:06:30Z");
        Diagnosis diagnosis = dump.ask("x-routed-canary-paused-upb", "checkout", 7, at);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.summary()).contains("past their scale-down deadline of 2026-11-23T18:06:30Z");
    }

    @Test
    void missingCapacityIsNoBrokenRevision() {
        Diagnosis diagnosis =
                CaseDump.of("unschedulable").ask("x-unschedulable", "checkout", 8, "2026-11-23T17:31:28Z");
        assertThat(diagnosis.cause()).contains(Cause.UNSCHEDULABLE);
        assertThat(diagnosis.notes()).isEmpty();
    }

    @Test
    void aControllerThatWroteAnotherRolloutSinceDoesNotHang() {
        CaseDump dump = CaseDump.of("stale-phase-healthy");
        for (String type : new String[] {"Healthy", "Available"}) {
            dump.condition("Rollout", type, "True", "Old", "", "2026-11-23T18:37:02Z");
        }
        dump.condition("Rollout", "Progressing", "True", "NewReplicaSetAvailable", "", "2026-11-23T18:37:02Z");
        CaseDump other = CaseDump.of("stale-phase-healthy").set("Rollout", "metadata.name", "other");
        assertThat(stale(dump).cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(dump.askBeside(other, "shop", "r0086", 5, STALE_AT).cause()).contains(Cause.STALE_REPLICA_SET_CACHE);
    }

    @Test
    void aStatusThatIsBehindExplainsNoPodThatLacks() {
        Diagnosis diagnosis = CaseDump.of("up-converged")
                .set("ReplicaSet", "status.availableReplicas", 6)
                .set("ReplicaSet", "status.readyReplicas", 6)
                .brokenPods(1, Map.of("name", "c", "ready", false), "ContainersNotReady", UP_AT)
                .set("Pod", "status.phase", "Pending")
                .ask(UP, "checkout", 7, LATER);
        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.summary()).isEqualTo("6 of 7 available, 1 pod is starting");
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
    }

    @Test
    void anHpaWithoutKedaIsJudgedByItsOwnMinimum() {
        CaseDump dump = CaseDump.of("up-converged")
                .without("ScaledObject")
                .set("HorizontalPodAutoscaler", "metadata.labels", Map.of())
                .set("HorizontalPodAutoscaler", "metadata.ownerReferences", null);
        Diagnosis own = dump.ask(UP, "checkout", java.util.OptionalInt.empty(), UP_AT);
        assertThat(own.state()).isEqualTo(State.CONVERGED);
        assertThat(own.desired()).hasValue(7);
        Diagnosis more = dump.ask(UP, "checkout", 9, UP_AT);
        assertThat(more.state()).isEqualTo(State.WAITING);
        assertThat(more.summary()).isEqualTo("the HPA's minimum is 7, desired is 9");
    }

    @Test
    void kedaReadsAnythingButABooleanFalseAsPaused() {
        for (String value : new String[] {"true", "", "yes", "1"}) {
            assertThat(paused(value).state()).as(value).isEqualTo(State.DEFERRED);
        }
        for (String value : new String[] {"false", "0", "F"}) {
            assertThat(paused(value).state()).as(value).isEqualTo(State.CONVERGED);
        }
    }

    private static Diagnosis paused(String value) {
        return up(
                CaseDump.of("up-converged")
                        .set("ScaledObject", "metadata.annotations[autoscaling.keda.sh/paused]", value),
                7,
                UP_AT);
    }

    /** Breaks one pod in place. */
    private record Break(Map<String, Object> pod) {
        @SuppressWarnings("unchecked")
        void imagePull() {
            Map<String, Object> status = (Map<String, Object>) pod.get("status");
            status.put("phase", "Pending");
            status.put(
                    "containerStatuses",
                    java.util.List.of(Map.of(
                            "name",
                            "c",
                            "image",
                            "app:broken",
                            "ready",
                            false,
                            "state",
                            Map.of("waiting", Map.of("reason", "ImagePullBackOff", "message", "back-off")))));
            status.put(
                    "conditions",
                    java.util.List.of(Map.of(
                            "type", "Ready",
                            "status", "False",
                            "reason", "ContainersNotReady",
                            "lastTransitionTime", "2026-11-23T17:17:18Z")));
        }
    }
}
