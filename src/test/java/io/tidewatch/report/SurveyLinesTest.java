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
    void whatIsMissingIsSaidWithWhatCannotBeDone() {
        Survey survey = new Survey(
                "x",
                "v1",
                Map.of("argoproj.io", List.of("v1alpha1")),
                List.of(),
                List.of(
                        new Right("list", "", "pods", "shop", "why pods are not available is not seen"),
                        new Right("watch", "", "pods", "shop", "why pods are not available is not seen"),
                        new Right("patch", "apps", "replicasets", "shop", "no ReplicaSet is nudged"),
                        new Right("patch", "apps", "replicasets", "bank", "no ReplicaSet is nudged")),
                true);

        assertThat(SurveyLines.of(survey))
                .containsExactly(
                        "connected to x: Kubernetes v1",
                        "Rollout v1alpha1 served",
                        "no CRD of keda.sh: ScaledObjects are neither read nor written until it is installed",
                        "missing permission to patch replicasets.apps in shop, bank: no ReplicaSet is nudged");
    }

    /** It is said by the watch that meets it; said here too it would be said twice. */
    @Test
    void aRightToWatchThatIsMissingIsLeftToTheWatchAndAskedForAgain() {
        Right pods = new Right("watch", "", "pods", "shop", "why pods are not available is not seen");
        Survey lacks = new Survey("x", "v1", BOTH, List.of(), List.of(pods), true);

        assertThat(SurveyLines.of(lacks))
                .containsExactly("connected to x: Kubernetes v1", "Rollout v1alpha1 and ScaledObject v1alpha1 served");
        assertThat(SurveyLines.isWhole(lacks)).isFalse();
    }

    /** After an upgrade with the rbac.yaml of before, nothing was said at noon, and at 22:35 it was. */
    @Test
    void aRightToWhatIsWatchedOnlyAtALagIsSaidAtTheStart() {
        String events = "why a target lags is told without what its Events say";
        String leases = "a controller that hangs is not told by its Lease";
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
    void whatIsNotAskedYetIsNotClaimed() {
        Survey start = new Survey("x", "v1", BOTH, List.of(), List.of(), false);

        assertThat(SurveyLines.of(start))
                .containsExactly("connected to x: Kubernetes v1", "Rollout v1alpha1 and ScaledObject v1alpha1 served");
        assertThat(SurveyLines.changes(start, new Survey("x", "v1", BOTH, List.of(), List.of(), true)))
                .containsExactly("all required permissions granted");
    }

    @Test
    void whatCameSinceIsSaidAndWhatStaysMissingIsNotSaidAgain() {
        Right pods = new Right("list", "", "pods", "shop", "why pods are not available is not seen");
        Right nudge = new Right("patch", "apps", "replicasets", "shop", "no ReplicaSet is nudged");
        Right minimum = new Right("patch", "keda.sh", "scaledobjects", "bank", "no minimum is raised or lowered");
        Survey before = new Survey(
                "x", "v1", Map.of("argoproj.io", List.of("v1alpha1")), List.of(), List.of(pods, nudge), true);
        Survey now = new Survey("x", "v1", BOTH, List.of(), List.of(pods, minimum), true);

        assertThat(SurveyLines.changes(before, now))
                .containsExactly(
                        "missing permission to patch scaledobjects.keda.sh in bank: no minimum is raised or lowered",
                        "the CRD of keda.sh is installed now: ScaledObjects are read and written",
                        "permission granted: patch replicasets.apps in shop");
        assertThat(SurveyLines.changes(now, now)).isEmpty();
    }

    private static ControllerView controller(String name, String image) {
        return new ControllerView(name, name, image, "", "", 1, 1);
    }
}
