package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** KEDA up to v2.16 writes a fallback of 3 replicas, the minimum is 7, and the HPA raises the Rollout again (keda#6659). */
class KedaFallbackTest {

    private static final String AT = "2026-11-22T13:07:32.040Z";

    private static CaseDump dump() {
        return CaseDump.of("keda-fallback");
    }

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "checkout", 7, AT);
    }

    /** As kubectl prints it: without managedFields, and here without Events. */
    private static CaseDump withoutEvents() {
        return dump().without("Event");
    }

    private static CaseDump ownedBy(CaseDump dump, String manager) {
        return ownedBy(dump, manager, Map.of("time", "2026-11-22T13:07:31Z"));
    }

    private static CaseDump ownedBy(CaseDump dump, String manager, Map<String, String> time) {
        Map<String, Object> entry = new HashMap<>(Map.of(
                "manager",
                manager,
                "operation",
                "Update",
                "subresource",
                "scale",
                "fieldsV1",
                Map.of("f:spec", Map.of("f:replicas", Map.of()))));
        entry.putAll(time);
        return dump.set("Rollout", "metadata.managedFields", List.of(entry));
    }

    private static CaseDump keda(String version) {
        return withoutEvents()
                .setWhere(
                        "Deployment",
                        CaseDump.named("keda-operator"),
                        "spec.template.spec.containers",
                        List.of(Map.of("image", "ghcr.io/kedacore/keda:" + version)));
    }

    @Test
    void theFallbackIsTheCauseAndTheMessageSaysWhatEndsIt() {
        Diagnosis diagnosis = ask(dump());

        assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_FALLBACK);
        assertThat(diagnosis.summary())
                .endsWith("KEDA sets spec.replicas to the fallback of 3 while a trigger fails, and the HPA desires 7"
                        + " (keda#6659, up to v2.16); to fix it: repair the trigger, set fallback.replicas to at least 7,"
                        + " or upgrade KEDA to v2.17 or later");
        assertThat(diagnosis.evidence())
                .extracting(Evidence::field)
                .contains(
                        "spec.fallback.replicas", "status.conditions[Fallback]", "status.health[s0-metric-api-value]");
        assertThat(diagnosis.advisories()).anyMatch(advisory -> advisory.line().contains("keda#6659"));
    }

    /** 28 failures in a row take at least 27 syncs of the HPA. */
    @Test
    void theFailuresInARowProveTheTime() {
        assertThat(ask(withoutEvents()).state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(ask(withoutEvents()).causes()).containsExactly(Cause.KEDA_FALLBACK);
        assertThat(ask(withoutEvents()).certainty()).isEqualTo(Certainty.LIKELY);

        Map<String, Object> few = Map.of("s0", Map.of("status", "Failing", "numberOfFailures", 4));
        Diagnosis soon = ask(withoutEvents().set("ScaledObject", "status.health", few));

        assertThat(soon.state()).isEqualTo(State.WAITING);
        assertThat(soon.cause()).contains(Cause.KEDA_FALLBACK);
    }

    @Test
    void kedasOwnershipMakesItCertain() {
        assertThat(ask(ownedBy(withoutEvents(), "keda")).certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(ask(ownedBy(withoutEvents(), "keda")).evidence())
                .anyMatch(proof -> proof.field().equals("metadata.managedFields[spec.replicas]")
                        && proof.value().startsWith("keda at"));
    }

    @Test
    void anotherOwnerIsNamedInItsPlace() {
        assertThat(ask(ownedBy(dump(), "argocd-controller")).causes()).containsExactly(Cause.REPLICAS_OVERWRITTEN);
    }

    /** An API server need not write a time into the entry of a scale subresource. */
    @Test
    void anOwnerWithoutATimeIsNamedToo() {
        Diagnosis other = ask(ownedBy(dump(), "argocd-controller", Map.of()));

        assertThat(other.causes()).containsExactly(Cause.REPLICAS_OVERWRITTEN);
        assertThat(other.summary()).contains("argocd-controller");
        assertThat(ask(ownedBy(dump(), "keda", Map.of())).causes()).containsExactly(Cause.KEDA_FALLBACK);
    }

    @Test
    void laterVersionsLeaveTheRolloutToTheHpa() {
        assertThat(ask(keda("2.16.1")).cause()).contains(Cause.KEDA_FALLBACK);
        assertThat(ask(keda("2.17.0")).causes()).doesNotContain(Cause.KEDA_FALLBACK);
    }

    @Test
    void anActiveTriggerKeepsKedaFromWriting() {
        CaseDump active = withoutEvents().condition("ScaledObject", "Active", "True", "ScalerActive", "", AT);

        assertThat(ask(active).causes()).doesNotContain(Cause.KEDA_FALLBACK);
    }

    @Test
    void aFallbackAboveTheMinimumIsNoCause() {
        assertThat(ask(withoutEvents().set("ScaledObject", "spec.fallback.replicas", 9))
                        .causes())
                .doesNotContain(Cause.KEDA_FALLBACK);
    }

    /** The CPU asks for more than the minimum, and the fallback is between the two. */
    @Test
    void aFallbackBelowWhatTheHpaDesiresIsACauseAboveTheMinimum() {
        CaseDump dump = withoutEvents()
                .set("ScaledObject", "spec.minReplicaCount", 2)
                .set("HorizontalPodAutoscaler", "spec.minReplicas", 2);

        Diagnosis diagnosis = dump.ask("shop", "checkout", 2, AT);

        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_FALLBACK);
    }
}
