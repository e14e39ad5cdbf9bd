package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two API groups have a StatefulSet, and a target scales one of them. Found by reading: the name of the kind alone was compared. */
class NamesakesTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final String KRUISE = "apps.kruise.io/v1beta1";
    private static final WorkloadKind ADVANCED = WorkloadKind.of(KRUISE, "StatefulSet");
    private static final WorkloadRef ADVANCED_CHECKOUT = new WorkloadRef(ADVANCED, "shop", "checkout");
    private static final Workload PLAIN = ObjectReader.statefulSet(object("apps/v1", "StatefulSet", 2), AT);
    private static final Workload OTHER = ObjectReader.scaleTarget(object(KRUISE, "StatefulSet", 8), AT);

    @Test
    void aNamesakeOfAnotherGroupIsNotFollowed() {
        TargetObservation seen = observed(scaledObject(target(KRUISE)), List.of(PLAIN), Map.of());

        assertThat(seen.workload()).get().isInstanceOfSatisfying(ScaleTargetView.class, view -> {
            assertThat(view.isRead()).isFalse();
            assertThat(view.replicas()).isEqualTo(OptionalInt.of(8));
        });
        assertThat(seen.workloadKind()).isEqualTo(ADVANCED);
        assertThat(seen.missing()).contains("StatefulSet.apps.kruise.io").doesNotContain("StatefulSet");
    }

    @Test
    void besideANamesakeTheObjectOfItsGroupIsFollowed() {
        TargetObservation seen =
                observed(scaledObject(target(KRUISE)), List.of(PLAIN, OTHER), Map.of(ADVANCED_CHECKOUT, Set.of()));

        assertThat(seen.workload()).contains(OTHER);
        assertThat(seen.missing()).doesNotContain("StatefulSet.apps.kruise.io", "StatefulSet");
    }

    @Test
    void theStatefulSetOfAppsIsFollowedBesideItsNamesake() {
        Map<WorkloadRef, Set<String>> unseen =
                Map.of(new WorkloadRef(WorkloadKind.STATEFUL_SET, "shop", "checkout"), Set.of());

        assertThat(observed(scaledObject(target("apps/v1")), List.of(PLAIN, OTHER), unseen)
                        .workload())
                .get()
                .isInstanceOf(StatefulSetView.class);
    }

    @Test
    void theKindOfTheOtherGroupIsWatchedForItsOwnCount() {
        ClusterState state = state(scaledObject(target(KRUISE)), List.of(), Map.of());

        assertThat(Observations.watchedOneByOne(state, Set.of(CHECKOUT))).isEmpty();
        assertThat(Observations.scaleTargets(state, Set.of(CHECKOUT))).containsOnlyKeys(ADVANCED_CHECKOUT);
    }

    /** The status is KEDA's, and may be older than the spec. */
    @Test
    void whatKedaFoundOfAnotherGroupDoesNotSayWhereTheKindIsServed() {
        ScaledObjectView before = scaledObject(target(KRUISE), "apps");
        ScaledObjectView after = scaledObject(target(KRUISE), "apps.kruise.io");

        assertThat(before.targetApi()).isEqualTo(new TargetApi(KRUISE, Optional.empty()));
        assertThat(after.targetApi()).isEqualTo(new TargetApi(KRUISE, Optional.of("statefulsets")));
    }

    @Test
    void withoutApiVersionAndKindADeploymentIsScaled() {
        Workload deployment = ObjectReader.deployment(object("apps/v1", "Deployment", 5), AT);
        Map<WorkloadRef, Set<String>> unseen =
                Map.of(new WorkloadRef(WorkloadKind.DEPLOYMENT, "shop", "checkout"), Set.of());

        assertThat(observed(scaledObject(Map.of("name", "checkout")), List.of(deployment), unseen)
                        .workload())
                .get()
                .isInstanceOf(DeploymentView.class);
        assertThat(hpa(Map.of("kind", "Deployment", "name", "checkout")).targetKind())
                .isEqualTo(WorkloadKind.DEPLOYMENT);
    }

    private static TargetObservation observed(
            ScaledObjectView scaledObject, List<Workload> workloads, Map<WorkloadRef, Set<String>> unseenOf) {
        return Observations.of(state(scaledObject, workloads, unseenOf), Set.of(CHECKOUT))
                .targets()
                .get(CHECKOUT);
    }

    private static Map<String, Object> target(String apiVersion) {
        return Map.of("apiVersion", apiVersion, "kind", "StatefulSet", "name", "checkout");
    }

    private static ScaledObjectView scaledObject(Map<String, Object> target) {
        return scaledObject(target, "");
    }

    /** @param resolved the group that KEDA has found; empty where it has found none yet */
    private static ScaledObjectView scaledObject(Map<String, Object> target, String resolved) {
        Map<String, Object> status = resolved.isEmpty()
                ? Map.of()
                : Map.of(
                        "scaleTargetGVKR",
                        Map.of(
                                "group",
                                resolved,
                                "version",
                                "v1beta1",
                                "kind",
                                "StatefulSet",
                                "resource",
                                "statefulsets"));
        return ObjectReader.scaledObject(
                Map.of(
                        "kind",
                        "ScaledObject",
                        "metadata",
                        Map.of("name", "checkout", "namespace", "shop"),
                        "spec",
                        Map.of("scaleTargetRef", target),
                        "status",
                        status),
                AT);
    }

    private static HpaView hpa(Map<String, Object> target) {
        return ObjectReader.hpa(
                Map.of(
                        "kind",
                        "HorizontalPodAutoscaler",
                        "metadata",
                        Map.of("name", "keda-hpa-checkout", "namespace", "shop"),
                        "spec",
                        Map.of("minReplicas", 8, "scaleTargetRef", target),
                        "status",
                        Map.of("currentReplicas", 8, "desiredReplicas", 8)),
                AT);
    }

    private static Map<String, Object> object(String apiVersion, String kind, int replicas) {
        return Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Map.of("name", "checkout", "namespace", "shop", "uid", apiVersion),
                "spec",
                Map.of("replicas", replicas),
                "status",
                Map.of("replicas", replicas));
    }

    private static ClusterState state(
            ScaledObjectView scaledObject, List<Workload> workloads, Map<WorkloadRef, Set<String>> unseenOf) {
        return new ClusterState(
                AT,
                List.of(scaledObject),
                List.of(hpa(target(KRUISE))),
                workloads,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(Set.of()),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                RaiseFacts.NONE,
                Budgets.NONE,
                Optional.of(unseenOf));
    }
}
