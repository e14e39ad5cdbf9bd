package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ControllerView;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvisoriesTest {

    private static List<String> of(String image, String label) {
        return Advisories.of(List.of(new ControllerView("argo-rollouts", "argo-rollouts", image, label, 1, 1)));
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
}
