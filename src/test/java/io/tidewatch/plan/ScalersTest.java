package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.observe.ObjectReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An autoscaler scales the object of its group, and never one of the same name in another: the replicas of that one are the source's. */
class ScalersTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final ObjectKey PLAIN = new ObjectKey("apps/v1", "StatefulSet", "shop", "checkout");
    private static final ObjectKey SCALED_OBJECT =
            new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", "checkout");

    @Test
    void aLiveAutoscalerOfANamesakeScalesNothingHere() {
        assertThat(live("apps.kruise.io/v1beta1").minimumOf(PLAIN)).isEmpty();
        assertThat(live("apps/v1").minimumOf(PLAIN)).contains(8);
    }

    @Test
    void aDeclaredAutoscalerOfANamesakeScalesNothingHere() {
        assertThat(declared("apps.kruise.io/v1beta1").of(PLAIN)).isEmpty();
        assertThat(declared("apps/v1").of(PLAIN)).contains(new Target("shop", "checkout"));
    }

    private static Scalers live(String apiVersion) {
        ClusterState cluster = new ClusterState(
                AT,
                List.of(ObjectReader.scaledObject(scaledObject(apiVersion), AT)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of());
        return new Scalers(List.of(), cluster, new DesiredState(AT, new TreeMap<>(), new TreeSet<>()));
    }

    private static Scalers declared(String apiVersion) {
        Manifest manifest =
                new Manifest(SCALED_OBJECT, scaledObject(apiVersion), new Origin("git", "checkout.yaml", 1));
        return new Scalers(
                List.of(manifest), ClusterState.NONE, new DesiredState(AT, new TreeMap<>(), new TreeSet<>()));
    }

    private static Map<String, Object> scaledObject(String apiVersion) {
        return Map.of(
                "apiVersion",
                SCALED_OBJECT.apiVersion(),
                "kind",
                SCALED_OBJECT.kind(),
                "metadata",
                Map.of("name", "checkout", "namespace", "shop"),
                "spec",
                Map.of(
                        "minReplicaCount",
                        8,
                        "scaleTargetRef",
                        Map.of("apiVersion", apiVersion, "kind", "StatefulSet", "name", "checkout")));
    }
}
