package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Survey.Right;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurveyLinesTest {

    private static final Map<String, List<String>> BOTH =
            Map.of("argoproj.io", List.of("v1alpha1"), "keda.sh", List.of("v1alpha1"));

    @Test
    void aClusterWithEverythingTakesTwoLines() {
        Survey survey = new Survey(
                "https://10.0.0.1:6443/",
                "v1.36.2",
                BOTH,
                List.of(
                        controller("argo-rollouts", "quay.io/argoproj/argo-rollouts:v1.9.1"),
                        controller("keda-operator", "ghcr.io/kedacore/keda:2.20.2"),
                        controller("keda-metrics-apiserver", "ghcr.io/kedacore/keda-metrics-apiserver:2.20.2")),
                List.of(),
                true);

        assertThat(SurveyLines.of(survey))
                .containsExactly(
                        "connected to https://10.0.0.1:6443/: Kubernetes v1.36.2, Argo Rollouts v1.9.1, KEDA 2.20.2",
                        "Rollout v1alpha1 and ScaledObject v1alpha1 served; all required permissions granted");
    }

    @Test
    void anImageByDigestHasTheLabelsVersionOrNone() {
        ControllerView labelled = new ControllerView(
                "argo-rollouts", "argo-rollouts", "registry:5000/argo-rollouts@sha256:ab", "", "v1.8.3", 1, 1);

        assertThat(SurveyLines.of(new Survey("x", "v1", BOTH, List.of(labelled), List.of(), true))
                        .get(0))
                .endsWith("Argo Rollouts v1.8.3");
        assertThat(SurveyLines.of(new Survey(
                                "x",
                                "v1",
                                BOTH,
                                List.of(controller("r", "registry:5000/argo-rollouts@sha256:ab")),
                                List.of(),
                                true))
                        .get(0))
                .endsWith("Argo Rollouts of unknown version");
    }

    @Test
    void missingPermissionsAreReportedWithTheWorkThatIsNotDone() {
        Survey survey = new Survey(
                "x",
                "v1",
                Map.of("argoproj.io", List.of("v1alpha1")),
                List.of(),
                List.of(
                        new Right("list", "", "pods", "shop", "cannot tell why pods are unavailable"),
                        new Right("watch", "", "pods", "shop", "cannot tell why pods are unavailable"),
                        new Right("patch", "apps", "replicasets", "shop", "cannot nudge a ReplicaSet"),
                        new Right("patch", "apps", "replicasets", "bank", "cannot nudge a ReplicaSet")),
                true);

        assertThat(SurveyLines.of(survey))
                .containsExactly(
                        "connected to x: Kubernetes v1",
                        "Rollout v1alpha1 served",
                        "no CRD of keda.sh: ScaledObjects are neither read nor written until it is installed",
                        "missing permission to patch replicasets.apps in shop, bank: cannot nudge a ReplicaSet");
    }

    /** It is said by the watch that meets it; said here too it would be said twice. */
    @Test
    void aMissingPermissionToWatchIsReportedByTheWatchAndCheckedAgain() {
        Right pods = new Right("watch", "", "pods", "shop", "cannot tell why pods are unavailable");
        Survey lacks = new Survey("x", "v1", BOTH, List.of(), List.of(pods), true);

        assertThat(SurveyLines.of(lacks))
                .containsExactly("connected to x: Kubernetes v1", "Rollout v1alpha1 and ScaledObject v1alpha1 served");
        assertThat(SurveyLines.isWhole(lacks)).isFalse();
    }

    /** After an upgrade with the rbac.yaml of before, nothing was said at noon, and at 22:35 it was. */
    @Test
    void aMissingPermissionForWatchesOfALagIsReportedAtTheStart() {
        String events = "cannot add Events to the cause of a lag, or tell before a raise that pods found no node";
        String leases = "cannot tell from its Lease that a controller hangs";
        List<Right> denied = List.of(
                new Right("list", "", "events", "shop", events),
                new Right("watch", "", "events", "shop", events),
                new Right("list", "coordination.k8s.io", "leases", "keda", leases),
                new Right("watch", "coordination.k8s.io", "leases", "keda", leases));
        Survey lacks = new Survey("x", "v1", BOTH, List.of(), denied, true);
        Survey whole = new Survey("x", "v1", BOTH, List.of(), List.of(), true);

        assertThat(SurveyLines.of(lacks))
                .containsExactly(
                        "connected to x: Kubernetes v1",
                        "Rollout v1alpha1 and ScaledObject v1alpha1 served",
                        "missing permission to list events, watch events in shop: " + events,
                        "missing permission to list leases.coordination.k8s.io, watch leases.coordination.k8s.io in keda: "
                                + leases);
        assertThat(SurveyLines.changes(lacks, whole))
                .containsExactly(
                        "permission granted: list events, watch events in shop",
                        "permission granted: list leases.coordination.k8s.io, watch leases.coordination.k8s.io in keda");
    }

    @Test
    void permissionsThatWereNotCheckedYetAreNotClaimed() {
        Survey start = new Survey("x", "v1", BOTH, List.of(), List.of(), false);

        assertThat(SurveyLines.of(start))
                .containsExactly("connected to x: Kubernetes v1", "Rollout v1alpha1 and ScaledObject v1alpha1 served");
        assertThat(SurveyLines.changes(start, new Survey("x", "v1", BOTH, List.of(), List.of(), true)))
                .containsExactly("all required permissions granted");
    }

    @Test
    void grantedPermissionsAreReportedAndMissingOnesNotAgain() {
        Right pods = new Right("list", "", "pods", "shop", "cannot tell why pods are unavailable");
        Right nudge = new Right("patch", "apps", "replicasets", "shop", "cannot nudge a ReplicaSet");
        Right minimum = new Right("patch", "keda.sh", "scaledobjects", "bank", "cannot raise or lower any minimum");
        Survey before = new Survey(
                "x", "v1", Map.of("argoproj.io", List.of("v1alpha1")), List.of(), List.of(pods, nudge), true);
        Survey now = new Survey("x", "v1", BOTH, List.of(), List.of(pods, minimum), true);

        assertThat(SurveyLines.changes(before, now))
                .containsExactly(
                        "missing permission to patch scaledobjects.keda.sh in bank: cannot raise or lower any minimum",
                        "the CRD of keda.sh is installed now: ScaledObjects are read and written",
                        "permission granted: patch replicasets.apps in shop");
        assertThat(SurveyLines.changes(now, now)).isEmpty();
    }

    private static ControllerView controller(String name, String image) {
        return new ControllerView(name, name, image, "", "", 1, 1);
    }
}
