package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the controllers' Leases add, in a dump that holds them. The ReplicaSets stand still since 18:38:08. */
class LeaseEvidenceTest {

    private static final String AT = "2026-11-23T18:40:06Z";
    private static final String JUST_NOW = "2026-11-23T18:40:05.250000Z";
    private static final String BEFORE_THE_STEP = "2026-11-23T18:37:05.250000Z";

    /** The status disagrees, and its last write came long before the step. */
    private static CaseDump silent() {
        CaseDump dump = CaseDump.of("stale-phase-healthy").without("Deployment");
        for (String type : List.of("Healthy", "Available", "Progressing")) {
            dump.condition("Rollout", type, "True", "Old", "", "2026-11-23T18:37:02Z");
        }
        return dump;
    }

    private static CaseDump withLeases(CaseDump dump, String version, String rollouts, String keda) {
        return dump.leading(
                        "argo-rollouts",
                        "quay.io/argoproj/argo-rollouts:" + version,
                        "argo-rollouts-controller-lock",
                        rollouts)
                .leading("keda", "ghcr.io/kedacore/keda:2.20.2", "operator.keda.sh", keda);
    }

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "r0086", 5, AT);
    }

    @Test
    void aControllerThatRenewsNoLeaseIsGoneAndItsCacheIsNotBlamed() {
        Diagnosis diagnosis = ask(withLeases(silent(), "v1.7.2", BEFORE_THE_STEP, JUST_NOW));

        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.causes()).containsExactly(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(diagnosis.summary())
                .endsWith("Rollouts controller has not renewed its Lease since 2026-11-23T18:37:05Z");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.object().equals("Lease argo-rollouts-controller-lock")
                        && proof.field().equals("spec.renewTime")
                        && proof.value().equals("2026-11-23T18:37:05.250Z"));
    }

    @Test
    void oneThatLivesAndWritesNothingHasAStaleCacheOnAVersionThatHasTheFault() {
        Diagnosis diagnosis = ask(withLeases(silent(), "v1.7.2", JUST_NOW, JUST_NOW));

        assertThat(diagnosis.state()).isEqualTo(State.STALE_STATUS);
        assertThat(diagnosis.causes())
                .containsExactly(Cause.STALE_REPLICA_SET_CACHE, Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void oneThatLivesAndWritesNothingHangsOnAVersionWithoutTheFault() {
        Diagnosis diagnosis = ask(withLeases(silent(), "v1.9.1", JUST_NOW, JUST_NOW));

        assertThat(diagnosis.causes()).containsExactly(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.summary()).endsWith("Rollouts controller has written nothing since");
    }

    @Test
    void aLeaseThatWasKeptForLessThanADeadOneIsNoSignOfLife() {
        Diagnosis diagnosis = ask(withLeases(silent(), "v1.7.2", "2026-11-23T18:38:20Z", "2026-11-23T18:38:50Z"));

        assertThat(diagnosis.causes()).containsExactly(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
    }

    @Test
    void aDumpThatIsReadAnHourLaterMakesNoLeaseOld() {
        Diagnosis diagnosis =
                withLeases(silent(), "v1.9.1", JUST_NOW, JUST_NOW).ask("shop", "r0086", 5, "2026-11-23T19:40:06Z");

        assertThat(diagnosis.summary()).endsWith("Rollouts controller has written nothing since");
    }

    @Test
    void aLeaseThatItsControllerOutlivedIsALeftover() {
        CaseDump dump = withLeases(CaseDump.of("stale-phase-healthy"), "v1.7.2", "2026-10-01T00:00:00Z", JUST_NOW);

        assertThat(ask(dump).causes()).containsExactly(Cause.STALE_REPLICA_SET_CACHE);
    }

    @Test
    void anOperatorThatRenewsNoLeaseIsNamed() {
        Diagnosis diagnosis = withLeases(
                        CaseDump.of("keda-not-following").without("Deployment"),
                        "v1.9.1",
                        "2026-11-22T13:07:19Z",
                        "2026-11-22T12:59:59Z")
                .ask("shop", "checkout", 7, "2026-11-22T13:07:20Z");

        assertThat(diagnosis.cause()).contains(Cause.KEDA_NOT_FOLLOWING);
        assertThat(diagnosis.summary()).contains("has not renewed its Lease since 2026-11-22T12:59:59Z");
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
    }

    private static final String ROLLOUTS = "quay.io/argoproj/argo-rollouts:";
    private static final String INSTANCE = "metadata.labels[argo-rollouts.argoproj.io/controller-instance-id]";

    /** A controller of the instance "blue", with a Lease that is renewed, beside the Lease of the version before. */
    private static CaseDump blue(String version) {
        return silent().set("Rollout", INSTANCE, "blue")
                .controller("argo-rollouts", "argo-rollouts", ROLLOUTS + version, "--instance-id=blue")
                .lease("argo-rollouts", "argo-rollouts-controller-lock", "2026-10-01T00:00:00Z")
                .leading("keda", "ghcr.io/kedacore/keda:2.20.2", "operator.keda.sh", JUST_NOW);
    }

    @Test
    void aLeaseThatAnOlderVersionLeftProvesNothing() {
        Diagnosis diagnosis = ask(blue("v1.10.0"));

        assertThat(diagnosis.summary()).endsWith("Rollouts controller has written nothing since");
        assertThat(diagnosis.evidence()).noneMatch(proof -> proof.object().startsWith("Lease"));
    }

    @Test
    void theLeaseOfAnInstanceHasItsNameAtTheEnd() {
        Diagnosis diagnosis =
                ask(blue("v1.10.0").lease("argo-rollouts", "argo-rollouts-controller-lock-blue", BEFORE_THE_STEP));

        assertThat(diagnosis.summary()).endsWith("has not renewed its Lease since 2026-11-23T18:37:05Z");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.object().equals("Lease argo-rollouts-controller-lock-blue"));
    }

    @Test
    void upToVersion19TheLeaseOfAnInstanceHasTheCommonName() {
        CaseDump dump = silent().set("Rollout", INSTANCE, "blue")
                .controller("argo-rollouts", "argo-rollouts", ROLLOUTS + "v1.9.1", "--instance-id", "blue")
                .lease("argo-rollouts", "argo-rollouts-controller-lock", BEFORE_THE_STEP)
                .leading("keda", "ghcr.io/kedacore/keda:2.20.2", "operator.keda.sh", JUST_NOW);

        assertThat(ask(dump).summary()).endsWith("has not renewed its Lease since 2026-11-23T18:37:05Z");
    }

    @Test
    void theControllerOfAnotherInstanceIsNotBlamed() {
        CaseDump dump = silent().leading("green", ROLLOUTS + "v1.9.1", "argo-rollouts-controller-lock", JUST_NOW)
                .controller("argo-rollouts", "argo-rollouts", ROLLOUTS + "v1.10.0", "--instance-id=blue")
                .lease("argo-rollouts", "argo-rollouts-controller-lock-blue", BEFORE_THE_STEP)
                .leading("keda", "ghcr.io/kedacore/keda:2.20.2", "operator.keda.sh", JUST_NOW);

        assertThat(ask(dump).summary()).endsWith("Rollouts controller has written nothing since");
        assertThat(ask(dump).advisories()).noneMatch(advisory -> advisory.line().startsWith("argo-rollouts v1.10.0"));
    }

    @Test
    void aRolloutThatNoControllerTakesOnIsNamed() {
        Diagnosis diagnosis = ask(silent().set("Rollout", INSTANCE, "red")
                .controller("argo-rollouts", "argo-rollouts", ROLLOUTS + "v1.10.0", "--instance-id=blue"));

        assertThat(diagnosis.causes()).containsExactly(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(diagnosis.summary())
                .endsWith("one of the observed Rollouts controllers takes on Rollouts with the label"
                        + " argo-rollouts.argoproj.io/controller-instance-id: red in namespace shop");
    }

    @Test
    void aControllerThatWatchesAnotherNamespaceTakesOnNoneOfThis() {
        Diagnosis diagnosis = ask(silent().controller("team-a", "argo-rollouts", ROLLOUTS + "v1.9.1", "--namespaced"));

        assertThat(diagnosis.summary()).endsWith(" in namespace shop");
    }

    @Test
    void theLeaseOfKedaMayHaveAnotherName() {
        CaseDump dump = CaseDump.of("keda-not-following")
                .without("Deployment")
                .controller(
                        "keda",
                        "keda-operator",
                        "ghcr.io/kedacore/keda:2.20.2",
                        "--leader-election-id=keda-of-the-shop")
                .lease("keda", "operator.keda.sh", "2026-10-01T00:00:00Z")
                .leading("argo-rollouts", ROLLOUTS + "v1.9.1", "argo-rollouts-controller-lock", "2026-11-22T13:07:19Z");

        assertThat(dump.ask("shop", "checkout", 7, "2026-11-22T13:07:20Z").summary())
                .doesNotContain("has not renewed its Lease");

        dump.lease("keda", "keda-of-the-shop", "2026-11-22T12:59:59Z");

        assertThat(dump.ask("shop", "checkout", 7, "2026-11-22T13:07:20Z").summary())
                .contains("has not renewed its Lease since 2026-11-22T12:59:59Z");
    }

    @Test
    void aControllerWithoutLeaderElectionHasNoLease() {
        CaseDump dump = silent().controller(
                        "argo-rollouts", "argo-rollouts", ROLLOUTS + "v1.9.1", "--leader-elect=false")
                .lease("argo-rollouts", "argo-rollouts-controller-lock", "2026-10-01T00:00:00Z")
                .leading("keda", "ghcr.io/kedacore/keda:2.20.2", "operator.keda.sh", JUST_NOW);

        assertThat(ask(dump).summary()).endsWith("Rollouts controller has written nothing since");
    }
}
