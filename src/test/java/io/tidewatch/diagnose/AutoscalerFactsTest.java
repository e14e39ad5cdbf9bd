package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What KEDA and the HPA say of themselves, and what it proves. */
class AutoscalerFactsTest {
    private static final String NS = "x-up-converged";
    private static final String AT = "2026-11-23T17:15:25Z";

    private final CaseDump dump = CaseDump.of("up-converged");

    private Diagnosis ask(int desired) {
        return dump.ask(NS, "checkout", desired, AT);
    }

    @Test
    void theHpaIsFoundByKedasLabelBeforeTheStatusNamesIt() {
        dump.set("HorizontalPodAutoscaler", "metadata.name", "legacy").set("ScaledObject", "status.hpaName", null);
        assertThat(ask(7).state()).isEqualTo(State.CONVERGED);
    }

    @Test
    void anHpaOfAnotherTargetIsNotTheScaledObjectsWhateverItsLabelSays() {
        dump.set("HorizontalPodAutoscaler", "metadata.name", "legacy")
                .set("ScaledObject", "status.hpaName", null)
                .set("HorizontalPodAutoscaler", "spec.scaleTargetRef.name", "cart");
        assertThat(ask(7).state()).isEqualTo(State.WAITING);
    }

    @Test
    void withoutAGivenMinimumTheAppliedMinimumIsDesired() {
        dump.set("ScaledObject", "metadata.annotations[tidewatch.io/applied]", "9..20");
        Diagnosis diagnosis = dump.ask(NS, "checkout", OptionalInt.empty(), AT);
        assertThat(diagnosis.desired()).hasValue(9);
        assertThat(diagnosis.summary()).isEqualTo("minimum is 7, desired is 9");
    }

    @Test
    void withoutAGivenOrAppliedMinimumTheLiveMinimumIsDesired() {
        assertThat(dump.ask(NS, "checkout", OptionalInt.empty(), AT).desired()).hasValue(7);
    }

    @Test
    void aSecretThatKedaMissesIsNoMissingRollout() {
        dump.without("Rollout").without("ReplicaSet").without("Pod");
        dump.condition("ScaledObject", "Ready", "False", "ScaledObjectCheckFailed", "Secret \"k\" not found", AT);
        assertThat(ask(7).state()).isEqualTo(State.UNKNOWN);
        dump.condition(
                "ScaledObject",
                "Ready",
                "False",
                "ScaledObjectCheckFailed",
                "ScaledObject doesn't have correct scaleTargetRef specification",
                AT);
        assertThat(ask(7).causes()).containsExactly(Cause.TARGET_MISSING);
    }

    /** KEDA looks for a Rollout without apiVersion among the kinds of apps/v1. */
    @Test
    void aRolloutWithoutItsApiVersionIsMissingWhereKedaSaysSo() {
        dump.without("HorizontalPodAutoscaler")
                .set("ScaledObject", "spec.scaleTargetRef", Map.of("kind", "Rollout", "name", "checkout"))
                .condition(
                        "ScaledObject",
                        "Ready",
                        "False",
                        "ScaledObjectCheckFailed",
                        "ScaledObject doesn't have correct scaleTargetRef specification: no matches for kind \"Rollout\""
                                + " in version \"apps/v1\"",
                        AT);

        assertThat(ask(7).causes()).containsExactly(Cause.TARGET_MISSING);
        assertThat(ask(7).summary()).contains("Rollout.apps checkout does not exist");
    }

    @Test
    void aFallbackHoldsReplicasAndNoLoad() {
        dump.set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .condition("HorizontalPodAutoscaler", "ScalingLimited", "False", "DesiredWithinRange", "", AT);
        assertThat(ask(5).notes()).doesNotContain(Note.METRICS_FAILING_HOLD_REPLICAS);
        dump.condition("ScaledObject", "Fallback", "True", "FallbackExists", "falling back", AT);
        assertThat(ask(5).notes()).containsExactly(Note.METRICS_FAILING_HOLD_REPLICAS);
        assertThat(ask(5).state()).isEqualTo(State.CONVERGED);
    }

    @Test
    void pausedScaleOutAtZeroIsTheUsersWill() {
        CaseDump idle = CaseDump.of("idle-inactive-up")
                .set("ScaledObject", "spec.idleReplicaCount", null)
                .condition("ScaledObject", "Active", "True", "ScalerActive", "", "2026-11-23T18:04:00Z");
        assertThat(idle.ask("x-idle-up", "checkout", 7, "2026-11-23T18:04:24Z").state())
                .isEqualTo(State.WAITING);
        idle.set("ScaledObject", "metadata.annotations[autoscaling.keda.sh/paused-scale-out]", "true");
        Diagnosis paused = idle.ask("x-idle-up", "checkout", 7, "2026-11-23T18:04:24Z");
        assertThat(paused.state()).isEqualTo(State.DEFERRED);
        assertThat(paused.cause()).contains(Cause.SCALED_OBJECT_PAUSED);
    }

    @Test
    void pausedScaleOutAboveZeroKeepsNoMinimumDown() {
        dump.set("ScaledObject", "metadata.annotations[autoscaling.keda.sh/paused-scale-out]", "true");
        assertThat(ask(7).state()).isEqualTo(State.CONVERGED);
    }

    @Test
    void theLastComplaintOfKedaIsEvidenceUntilItReportsSuccess() {
        dump.set("ScaledObject", "spec.minReplicaCount", 9);
        event("Warning", "KEDAScalerFailed", "cannot reach broker", "2026-11-23T17:15:20Z");
        assertThat(ask(9).evidence()).extracting(Evidence::field).contains("Event KEDAScalerFailed");
        assertThat(ask(9).summary()).endsWith("(HPA still 7): cannot reach broker");
        event("Normal", "ScaledObjectReady", "ready", "2026-11-23T17:15:21Z");
        assertThat(ask(9).summary()).endsWith("(HPA still 7)");
    }

    @Test
    void ourOwnEventAboutAScaledObjectIsNoComplaintOfKeda() {
        dump.set("ScaledObject", "spec.minReplicaCount", 9);
        event("Warning", "AvailabilityLagged", "7 of 9 available", "2026-11-23T17:15:22Z", KubernetesEvent.REPORTER);
        assertThat(ask(9).summary()).endsWith("(HPA still 7)");
        assertThat(ask(9).evidence()).extracting(Evidence::field).noneMatch(field -> field.startsWith("Event"));
    }

    private void event(String type, String reason, String message, String at) {
        event(type, reason, message, at, "keda-operator");
    }

    private void event(String type, String reason, String message, String at, String reporter) {
        Map<String, Object> scaledObject = dump.objects.stream()
                .filter(one -> "ScaledObject".equals(one.get("kind")))
                .findFirst()
                .orElseThrow();
        Object uid = ((Map<?, ?>) scaledObject.get("metadata")).get("uid");
        dump.objects.add(Map.of(
                "kind", "Event",
                "metadata", Map.of("namespace", NS, "name", reason),
                "involvedObject", Map.of("kind", "ScaledObject", "uid", uid, "name", "checkout"),
                "type", type,
                "reason", reason,
                "message", message,
                "reportingComponent", reporter,
                "eventTime", at));
    }

    @Test
    void aWriteWithinTheSecondOfTheStepProvesNoStaleCacheWhereTheFaultIsFixed() {
        CaseDump scaled = CaseDump.of("just-scaled-status-old");
        String late = "2026-11-23T17:41:00Z";
        Diagnosis mended = scaled.ask("x-false-healthy", "checkout", 5, late);
        assertThat(mended.state()).isEqualTo(State.STALE_STATUS);
        assertThat(mended.cause()).contains(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        scaled.set(
                "Deployment",
                "spec.template.spec.containers",
                List.of(Map.of("image", "quay.io/argoproj/argo-rollouts:v1.7.2")));
        assertThat(scaled.ask("x-false-healthy", "checkout", 5, late).cause()).contains(Cause.STALE_REPLICA_SET_CACHE);
    }

    @Test
    void theHpasScaleTimeAloneMakesAStaleStatusLikelyAtMost() {
        CaseDump scaled = CaseDump.of("just-scaled-status-old")
                .without("Event")
                .set(
                        "Deployment",
                        "spec.template.spec.containers",
                        List.of(Map.of("image", "quay.io/argoproj/argo-rollouts:v1.7.2")));
        Diagnosis diagnosis = scaled.ask("x-false-healthy", "checkout", 5, "2026-11-23T17:41:00Z");
        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void anAbortedRevisionInItsDelayIsNoControllerThatWritesNothing() {
        CaseDump routed = CaseDump.of("routed-canary-scale-down-delay")
                .set("Rollout", "status.stableRS", "5b7b5d4c75")
                .set("Rollout", "status.abort", true);
        routed.setWhere(
                        "ReplicaSet",
                        CaseDump.named("checkout-5b7b5d4c75"),
                        "metadata.annotations[scale-down-deadline]",
                        null)
                .setWhere(
                        "ReplicaSet",
                        CaseDump.named("checkout-fdbb7d866"),
                        "metadata.annotations[scale-down-deadline]",
                        "2026-11-23T18:07:58Z");
        String at = "2026-11-23T18:07:01Z";
        assertThat(routed.ask("x-routed-canary-paused-upb", "checkout", 7, at).state())
                .isEqualTo(State.CONVERGED_ABORTED);
        routed.setWhere(
                "ReplicaSet",
                CaseDump.named("checkout-fdbb7d866"),
                "metadata.annotations[rollout.argoproj.io/desired-replicas]",
                "5");
        Diagnosis scaled = routed.ask("x-routed-canary-paused-upb", "checkout", 7, at);
        assertThat(scaled.state()).isEqualTo(State.WAITING);
        assertThat(scaled.causes()).isEmpty();
    }

    @Test
    void podsThatLackAreSeenWithoutTheAutoscaler() {
        for (String kind : List.of("ScaledObject", "HorizontalPodAutoscaler")) {
            Diagnosis diagnosis = CaseDump.of("unschedulable")
                    .without(kind)
                    .ask("x-unschedulable", "checkout", 8, "2026-11-23T17:31:28Z");
            assertThat(diagnosis.state()).as("without " + kind).isEqualTo(State.AVAILABILITY_LAG);
            assertThat(diagnosis.causes()).startsWith(Cause.UNSCHEDULABLE);
            assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
        }
    }

    @Test
    void whatTheRolloutLacksBehindAnUnseenHpaIsNotBlamedOnAnybody() {
        dump.without("HorizontalPodAutoscaler").set("ScaledObject", "spec.minReplicaCount", 9);
        assertThat(ask(9).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aPauseIsComparedWithTheDesiredMinimum() {
        assertThat(CaseDump.of("paused-at-three")
                        .ask("diag-lab", "pausedrep", 7, "2026-11-25T14:16:10Z")
                        .summary())
                .startsWith("3 of 7 available, the ScaledObject is paused at 3 by annotation");
    }

    @Test
    void anHpaThatCannotSyncIsTheCauseThoughThePodsAreThere() {
        Diagnosis diagnosis = CaseDump.of("two-autoscalers").ask("diag-two", "hpaplus", 7, "2026-11-25T14:34:22Z");
        assertThat(diagnosis.summary()).contains("the HPA reports AmbiguousSelector");
    }

    @Test
    void readyThatSpeaksOfTheHpaIsNoInvalidScaledObject() {
        dump.set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .condition("ScaledObject", "Ready", "False", "HPAMetricsUnavailable", "no metrics yet", AT);

        Diagnosis diagnosis = ask(7);

        assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);

        dump.condition("ScaledObject", "Ready", "False", "ScaledObjectCheckFailed", "no such trigger", AT);

        assertThat(ask(7).cause()).contains(Cause.SCALED_OBJECT_INVALID);
        assertThat(ask(7).certainty()).isEqualTo(Certainty.CERTAIN);
    }

    @Test
    void readyThatSpeaksOfTheHpaChangesNothingWherePodsServe() {
        dump.condition("ScaledObject", "Ready", "False", "HPAMetricsUnavailable", "no metrics yet", AT);

        assertThat(ask(7).state()).isEqualTo(State.CONVERGED);
        assertThat(ask(7).causes()).isEmpty();
    }

    @Test
    void kedasConditionOfTheHpaCountsWhereTheHpaHasNone() {
        dump.set("ScaledObject", "spec.minReplicaCount", 5)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 5)
                .set("HorizontalPodAutoscaler", "status.conditions", null);
        assertThat(ask(5).notes()).doesNotContain(Note.METRICS_FAILING_HOLD_REPLICAS);

        dump.condition("ScaledObject", "HPAActive", "False", "ScalingDisabled", "at zero", AT);
        assertThat(ask(5).notes()).doesNotContain(Note.METRICS_FAILING_HOLD_REPLICAS);

        dump.condition("ScaledObject", "HPAActive", "False", "HPAMetricsUnavailable", "no metrics", AT);
        assertThat(ask(5).notes()).containsExactly(Note.METRICS_FAILING_HOLD_REPLICAS);
    }

    @Test
    void kedasConditionOfTheHpaIsEvidence() {
        dump.set("Rollout", "spec.replicas", 5)
                .condition("HorizontalPodAutoscaler", "AbleToScale", "False", "FailedUpdateScale", "rejected", AT)
                .condition("ScaledObject", "HPAActive", "False", "HPAMetricsUnavailable", "no metrics", AT);

        assertThat(ask(7).cause()).contains(Cause.HPA_NOT_SCALING);
        assertThat(ask(7).evidence()).anyMatch(proof -> proof.field().equals("status.conditions[HPAActive]"));
    }

    private static Note within(CaseDump tolerant) {
        return tolerant.ask("shop", "checkout", 5, "2026-11-22T13:01:00Z")
                .notes()
                .get(0);
    }

    @Test
    void metricsBelowTheToleranceWouldHaveLoweredTheRollout() {
        CaseDump narrow = CaseDump.of("within-tolerance")
                .set("HorizontalPodAutoscaler", "spec.behavior.scaleDown.tolerance", "0.1");

        assertThat(within(CaseDump.of("within-tolerance"))).isEqualTo(Note.WITHIN_TOLERANCE);
        assertThat(within(narrow)).isEqualTo(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void withoutAToleranceOrCurrentMetricsTheyAreNotReported() {
        assertThat(within(CaseDump.of("within-tolerance")
                        .set("HorizontalPodAutoscaler", "spec.behavior.scaleDown.tolerance", null)))
                .isEqualTo(Note.LOAD_HOLDS_REPLICAS);
        assertThat(within(
                        CaseDump.of("within-tolerance").set("HorizontalPodAutoscaler", "status.currentMetrics", null)))
                .isEqualTo(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void anHpaThatScaledToZeroItselfRaisesTheRolloutAgain() {
        CaseDump dump = CaseDump.of("scaled-to-zero").set("HorizontalPodAutoscaler", "spec.minReplicas", 7);

        assertThat(dump.ask("shop", "checkout", 7, "2026-11-22T13:01:20Z").summary())
                .startsWith("the HPA has scaled the Rollout to 0 and has not raised it again");
    }
}
