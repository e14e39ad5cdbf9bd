package io.tidewatch.diagnose.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.observe.ObjectReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class AdvisoriesTest {

    private static List<String> of(String image, String label) {
        return lines(
                List.of(new ControllerView("argo-rollouts", "argo-rollouts", image, "", label, 1, 1)),
                Optional.empty());
    }

    private static List<String> lines(List<ControllerView> controllers, Optional<RolloutView> rollout) {
        return Advisories.of(controllers, rollout).stream().map(Advisory::brief).toList();
    }

    @Test
    void theFoundingIncidentNamesTheVersionThatEndsItAndTheOneThatIsNoWayBack() {
        assertThat(Advisories.of(List.of(controller("v1.7.2")), Optional.empty()))
                .filteredOn(advisory -> advisory.upgrade().isPresent())
                .singleElement()
                .satisfies(advisory -> {
                    assertThat(advisory.upgrade().orElseThrow().ends()).isEqualTo(Cause.STALE_REPLICA_SET_CACHE);
                    assertThat(advisory.advice())
                            .isEqualTo("argo-rollouts v1.7.2: upgrade to v1.8.3 or later; v1.6.6 is no clean way back,"
                                    + " because it writes ReplicaSets back after every scale (argo-rollouts#3316)");
                });
    }

    /** The versions that the advice names: the one has nothing of the fault, the other has a fault of its own. */
    @Test
    void theAdviceAgreesWithTheTable() {
        assertThat(of("v1.8.3")).noneMatch(line -> line.contains("#4047") || line.contains("#4221"));
        assertThat(of("v1.6.6")).anyMatch(line -> line.contains("#3316")).noneMatch(line -> line.contains("#4047"));
    }

    private static List<String> of(String version) {
        return lines(List.of(controller(version)), Optional.empty());
    }

    @Test
    void theFoundingIncidentConcernsItsVersionsAlone() {
        String image = "quay.io/argoproj/argo-rollouts:";
        for (String version : new String[] {"v1.7.0", "v1.7.2", "v1.8.0-rc1"}) {
            assertThat(of(image + version, "")).as(version).anyMatch(line -> line.contains("#4047"));
        }
        for (String version : new String[] {"v1.6.6", "v1.8.0-rc2", "v1.8.0", "v1.9.1", "v1.10.0-rc1"}) {
            assertThat(of(image + version, "")).as(version).noneMatch(line -> line.contains("#4047"));
        }
    }

    /** A fault of one strategy is not shown for a Rollout with another. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        '#3843' | v1.7.2 | blueGreen: {activeService: a}   | canary: {trafficRouting: {nginx: {}}}
        '#4072' | v1.8.1 | blueGreen: {activeService: a}   | canary: {}
        '#4847' | v1.9.1 | canary: {trafficRouting: {nginx: {}}} | canary: {}
        '#4847' | v1.9.1 | canary: {trafficRouting: {nginx: {}}} | blueGreen: {activeService: a}
        '#4847' | v1.9.1 | canary: {trafficRouting: {nginx: {}}} | canary: {trafficRouting: {nginx: {}}, dynamicStableScale: true}
        """)
    void aFaultOfAStrategyConcernsItsRolloutsAlone(String issue, String version, String concerned, String free) {
        assertThat(ofStrategy(version, concerned)).anyMatch(line -> line.contains(issue));
        assertThat(ofStrategy(version, free)).noneMatch(line -> line.contains(issue));
    }

    @Test
    void aFaultOfWorkloadRefConcernsRolloutsThatUseIt() {
        assertThat(of("v1.8.1", Map.of("workloadRef", Map.of("name", "web")))).anyMatch(line -> line.contains("#4321"));
        assertThat(of("v1.8.1", Map.of())).noneMatch(line -> line.contains("#4321"));
    }

    @Test
    void anUnknownWordIsRejectedByName() {
        assertThatThrownBy(() -> VersionFault.parse("keda.1", "0..* canaries | text"))
                .hasMessageContaining("\"canaries\"; use blueGreen, routedCanary, workloadRef or nothing");
    }

    @Test
    void anUpgradeNamesACauseOfADiagnosis() {
        assertThatThrownBy(() -> VersionFault.parse("keda.1", "0..2 | text | StaleCache: upgrade"))
                .hasMessageContaining("\"StaleCache: upgrade\" does not begin with a cause and a colon");
    }

    private static List<String> ofStrategy(String version, String strategy) {
        return of(version, Map.of("strategy", new Yaml().load("{" + strategy + "}")));
    }

    private static List<String> of(String version, Map<String, Object> spec) {
        return lines(
                List.of(controller(version)), Optional.of(ObjectReader.rollout(Map.of("spec", spec), Instant.EPOCH)));
    }

    @Test
    void aDigestAloneIsUnknownAndTheLabelHelps() {
        String image = "registry:5000/argoproj/argo-rollouts@sha256:0123";
        assertThat(of(image, "")).singleElement().asString().contains("version unknown");
        assertThat(of(image, "v1.8.1")).anyMatch(line -> line.contains("#4072"));
    }

    @Test
    void otherDeploymentsAreNoControllers() {
        assertThat(of("app:1.7.2", "")).isEmpty();
        assertThat(of("ghcr.io/kedacore/keda:2.19.0", ""))
                .singleElement()
                .asString()
                .contains("rejected since v2.20");
    }

    /** By hand, from the issues: what a version just inside either end has, and one just outside has not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        '#2982' | v1.5.0, v1.6.0 | v1.6.1, v1.9.1
        '#3060' | v1.5.0, 1.6.0 | v1.6.1
        '#3316' | v1.6.1, v1.6.6 | v1.6.0, v1.7.0
        '#4047' | v1.7.0-rc1, v1.7.2, v1.8.0-rc1, v1.7.2-rootless | v1.6.6, v1.8.0-rc2, v1.8.0
        '#3883' | v1.7.2 | v1.8.0
        '#3843' | v1.7.2 | v1.8.0
        '#3711' | v1.7.2 | v1.8.0
        '#3762' | v1.7.0, v1.7.1 | v1.6.6, v1.7.2
        '#4072' | v1.8.1 | v1.8.0, v1.8.2
        '#4221' | v1.7.2, v1.8.2 | v1.8.3, v1.9.1
        '#4321' | v1.7.0, v1.8.4 | v1.6.6, v1.9.0
        '#4694' | v1.7.2, v1.9.1 | v1.10.0-rc1
        '#4784' | v1.8.3, v1.9.1 | v1.10.0-rc1
        progressDeadlineAbort | v1.7.2, v1.9.1 | v1.10.0-rc1
        '#4919' | v1.9.1, v1.10.0-rc1 | v1.10.0-rc2, v1.10.0
        '#4971' | v1.6.0, v1.10.0-rc1, v2.0.0 | -
        '#4178' | v1.7.2, v1.9.1 | v1.10.0-rc1, v1.10.0
        '#4847' | v1.7.2, v1.10.0 | -
        '#3936' | v1.7.2, v1.8.0-rc1 | v1.6.6, v1.8.0
        '#4786' | v1.9.1 | v1.10.0-rc1
        '#4407' | v1.6.0, v1.10.0-rc1, v2.0.0 | -
        """)
    void everyRowConcernsItsVersionsAlone(String issue, String concerned, String free) {
        for (String version : concerned.split(", ")) {
            assertThat(of("quay.io/argoproj/argo-rollouts:" + version, ""))
                    .as(version)
                    .anyMatch(line -> line.contains(issue));
        }
        for (String version : free.split(", ")) {
            assertThat(of("quay.io/argoproj/argo-rollouts:" + version, ""))
                    .as(version)
                    .noneMatch(line -> line.contains(issue));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argo-rollouts:v1.7.2",
                "argo-rollouts:1.7.2",
                "host:5000/argo-rollouts:v1.7.2",
                "host:5000/deep/path/argo-rollouts:v1.7.2@sha256:0123"
            })
    void theTagIsFoundInEveryFormOfAnImage(String image) {
        assertThat(of(image, "")).anyMatch(line -> line.startsWith("argo-rollouts v1.7.2: ") && line.contains("#4047"));
    }

    @Test
    void aPortIsNoTagAndATagThatIsNoVersionLeavesTheLabel() {
        assertThat(of("host:5000/argo-rollouts", "")).singleElement().asString().contains("version unknown");
        assertThat(of("argo-rollouts:latest", "v1.7.2")).anyMatch(line -> line.contains("#4047"));
        assertThat(of("argo-rollouts:latest", "")).singleElement().asString().contains("version unknown");
    }

    @Test
    void theTagWinsOverALabelThatNobodyChanged() {
        assertThat(of("argo-rollouts:v1.8.3", "v1.7.2")).noneMatch(line -> line.contains("#4047"));
    }

    @Test
    void kedasOwnRowsConcernKedasOperatorAlone() {
        assertThat(of("ghcr.io/kedacore/keda:2.20.2", "")).isEmpty();
        assertThat(of("ghcr.io/kedacore/keda-metrics-apiserver:2.19.0", "")).isEmpty();
        assertThat(of("ghcr.io/kedacore/keda-admission-webhooks:2.19.0", "")).isEmpty();
        assertThat(of("ghcr.io/kedacore/keda:v2.15.1", "")).isNotEmpty();
    }

    @Test
    void twoVersionsOfKedaReportTheHpaInReady() {
        for (String version : new String[] {"2.20.0", "2.20.1"}) {
            assertThat(of("ghcr.io/kedacore/keda:" + version, ""))
                    .singleElement()
                    .asString()
                    .contains("upgrade to v2.20.2");
        }
        assertThat(of("ghcr.io/kedacore/keda:2.19.0", "")).noneMatch(line -> line.contains("v2.20.2"));
    }

    @Test
    void theStackedRevisionsOfOldVersionsAreKnownAsTheirFault() {
        assertThat(Advisories.mayHave(OpenStep.STACKED, List.of(controller("v1.7.2"))))
                .isTrue();
        assertThat(Advisories.mayHave(OpenStep.STACKED, List.of(controller("v1.8.0"))))
                .isFalse();
        assertThat(Advisories.mayHave(OpenStep.STACKED, List.of())).isTrue();
    }

    private static ControllerView controller(String version) {
        return new ControllerView("a", "a", "quay.io/argoproj/argo-rollouts:" + version, "", "", 1, 1);
    }
}
