package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.TargetObservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An HPA that KEDA made is known by each of three marks alone: its label, its owner, or its name in the ScaledObject. */
class HpaOfKedaTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final Target LEGACY = new Target("shop", "legacy");

    @ParameterizedTest
    @CsvSource({
        "true, false, false, true",
        "false, true, false, true",
        "false, false, true, true",
        "true, true, true, true",
        "false, false, false, false"
    })
    void eachMarkIsEnough(boolean labelled, boolean owned, boolean named, boolean isKedas) {
        ClusterState state = state(labelled, owned, named);

        assertThat(state.hpas()).singleElement().satisfies(hpa -> {
            assertThat(hpa.scaledObject().isPresent()).isEqualTo(isKedas);
            assertThat(hpa.scaledObject().orElse("checkout")).isEqualTo("checkout");
        });
        TargetObservation byHpaRef =
                Observations.of(state, Set.of(LEGACY), Set.of(LEGACY)).targets().get(LEGACY);
        assertThat(byHpaRef.autoscaler().isEmpty())
                .as("no minimum is written to it")
                .isEqualTo(isKedas);
        assertThat(Observations.concerned(state, Set.of(), List.of(), "tidewatch"))
                .as("the annotations that KEDA copied make it no target")
                .doesNotContain(isKedas ? LEGACY : new Target("shop", "checkout"));
    }

    /** Another controller may own an HPA, and an owner that does not control it says nothing. */
    @Test
    void anotherOwnerIsNotKeda() {
        assertThat(hpa(Map.of("kind", "Widget", "name", "checkout", "controller", true))
                        .scaledObject())
                .isEmpty();
        assertThat(hpa(Map.of("kind", "ScaledObject", "name", "checkout")).scaledObject())
                .isEmpty();
    }

    private static HpaView hpa(Map<String, Object> owner) {
        return ObjectReader.hpa(
                Map.of("metadata", Map.of("name", "legacy", "namespace", "shop", "ownerReferences", List.of(owner))),
                AT);
    }

    private static ClusterState state(boolean labelled, boolean owned, boolean named) {
        Map<String, Object> labels = labelled ? Map.of(HpaView.OF_SCALED_OBJECT, "checkout") : Map.of();
        List<Object> owners = owned
                ? List.of(Map.of("kind", "ScaledObject", "name", "checkout", "uid", "u-1", "controller", true))
                : List.of();
        Map<String, Object> hpa = Map.of(
                "apiVersion",
                "autoscaling/v2",
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                Map.of(
                        "name",
                        "legacy",
                        "namespace",
                        "shop",
                        "labels",
                        labels,
                        "ownerReferences",
                        owners,
                        "annotations",
                        Map.of("tidewatch.io/instance", "tidewatch")),
                "spec",
                Map.of(
                        "minReplicas",
                        5,
                        "scaleTargetRef",
                        Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout")));
        Map<String, Object> scaledObject = Map.of(
                "apiVersion",
                "keda.sh/v1alpha1",
                "kind",
                "ScaledObject",
                "metadata",
                Map.of("name", "checkout", "namespace", "shop"),
                "spec",
                Map.of(
                        "scaleTargetRef",
                        Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout")),
                "status",
                named ? Map.of("hpaName", "legacy") : Map.of());
        return new Dump(List.of(hpa, scaledObject), List.of()).read(AT);
    }
}
