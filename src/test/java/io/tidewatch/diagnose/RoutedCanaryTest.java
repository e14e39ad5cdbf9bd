package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A canary with traffic routing in the middle of an update: 7 stable pods and 3 of the update (argo-rollouts#4847). */
class RoutedCanaryTest {

    private static final String AT = "2026-11-22T13:01:30Z";

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

    private static CaseDump fed() {
        return CaseDump.of("canary-feeds-hpa");
    }

    private static Diagnosis askFed(CaseDump dump) {
        return dump.ask("shop", "checkout", 5, "2026-11-22T13:01:40Z");
    }

    @Test
    void anHpaThatRescaledSinceTheUpdatesPodsCameIsFedByThem() {
        assertThat(askFed(fed()).notes()).containsExactly(Note.CANARY_FEEDS_HPA);
    }

    @Test
    void anHpaAtItsMaximumIsFedAllTheSame() {
        CaseDump dump = fed().set("HorizontalPodAutoscaler", "spec.maxReplicas", 7)
                .condition("HorizontalPodAutoscaler", "ScalingLimited", "True", "TooManyReplicas", "", AT);

        assertThat(askFed(dump).notes()).containsExactly(Note.CANARY_FEEDS_HPA);
    }

    @Test
    void anHpaThatRescaledBeforeTheUpdateIsRaisedByLoad() {
        CaseDump dump = fed().set("HorizontalPodAutoscaler", "status.lastScaleTime", "2026-11-22T13:00:01Z");

        assertThat(askFed(dump).notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void theControllersRecordOfTheUpdateCountsBeforeItsPods() {
        CaseDump dump = fed().set("Rollout", "status.duration.rolloutStartedAt", "2026-11-22T13:01:10Z");

        assertThat(askFed(dump).notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);

        dump.set("Rollout", "status.duration.finishedAt", "2026-11-22T13:01:20Z");

        assertThat(askFed(dump).notes()).containsExactly(Note.CANARY_FEEDS_HPA);
    }

    @Test
    void withDynamicStableScaleNothingIsCountedTwice() {
        CaseDump dump = fed().set("Rollout", "spec.strategy.canary.dynamicStableScale", true);

        assertThat(askFed(dump).notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void aVersionThatCountsTheStablePodsAloneFeedsNothing() {
        CaseDump dump = fed().set("Rollout", "status.HPAReplicas", 7);

        assertThat(askFed(dump).notes()).containsExactly(Note.LOAD_HOLDS_REPLICAS);
    }

    @Test
    void aPromotedRolloutFeedsNothing() {
        CaseDump dump = CaseDump.of("load-holds-replicas")
                .set("Rollout", "spec.strategy.canary.trafficRouting", Map.of("nginx", Map.of("stableIngress", "a")))
                .set("HorizontalPodAutoscaler", "status.lastScaleTime", "2026-11-22T13:00:59Z");

        assertThat(dump.ask("shop", "checkout", 5, "2026-11-22T13:01:00Z").notes())
                .containsExactly(Note.LOAD_HOLDS_REPLICAS);
    }

    /** kubectl lists the Rollout before the HPA: the HPA's next number is newer than the Rollout that it has read. */
    @Test
    void anHpaThatAsksForAllPodsIsFedAndNotLate() {
        CaseDump dump = CaseDump.of("converged-paused-routed")
                .set("HorizontalPodAutoscaler", "status.desiredReplicas", 10)
                .set(
                        "HorizontalPodAutoscaler",
                        "metadata.managedFields",
                        List.of(Map.of(
                                "manager",
                                "keda",
                                "operation",
                                "Update",
                                "time",
                                "2026-11-22T13:00:30Z",
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:minReplicas", Map.of())))));

        Diagnosis diagnosis = ask(dump);

        assertThat(diagnosis.notes()).containsExactly(Note.CANARY_FEEDS_HPA);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
    }
}
