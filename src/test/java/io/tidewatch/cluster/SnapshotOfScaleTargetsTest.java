package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code diagnose} on a cluster lists what ScaledObjects scale beside the known kinds, where KEDA has found the kind. */
class SnapshotOfScaleTargetsTest {

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final KubernetesClient client = server.client();

    /** A kind that Tidewatch does not know by itself, in place of a custom resource. */
    @BeforeEach
    void given() {
        create(Kinds.SCALED_OBJECT, """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: data, namespace: default}
                spec:
                  scaleTargetRef: {apiVersion: v1, kind: PersistentVolumeClaim, name: data}
                  triggers: [{type: metrics-api, metadata: {targetValue: "10"}}]
                """);
        create(ServedKind.of("v1", "PersistentVolumeClaim", "persistentvolumeclaims"), """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: default}
                spec: {accessModes: [ReadWriteOnce]}
                """);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatKedaHasFoundIsListed() {
        assertThat(kinds(snapshot())).doesNotContain("PersistentVolumeClaim");

        found("persistentvolumeclaims");
        Snapshot seen = snapshot();
        assertThat(kinds(seen)).containsOnlyOnce("PersistentVolumeClaim");
        assertThat(seen.problems()).isEmpty();
    }

    @Test
    void aKindThatIsNotServedIsAProblemAndNotTheEnd() {
        found("widgets");

        Snapshot seen = snapshot();
        assertThat(kinds(seen)).contains("ScaledObject").doesNotContain("PersistentVolumeClaim");
        assertThat(seen.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "PersistentVolumeClaims are not seen in default, so what scales them is followed to what its"
                                + " HPA says: ");
    }

    private Snapshot snapshot() {
        return Snapshot.of(client, Snapshot.Reach.ALL, ObjectReader::controller);
    }

    private static List<Object> kinds(Snapshot seen) {
        return seen.objects().stream().map(object -> object.get("kind")).toList();
    }

    private void create(ResourceKind kind, String yaml) {
        client.genericKubernetesResources(kind.context())
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    private void found(String plural) {
        client.genericKubernetesResources(Kinds.SCALED_OBJECT.context())
                .inNamespace("default")
                .withName("data")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"scaleTargetGVKR\":{\"group\":\"\",\"version\":\"v1\","
                                + "\"kind\":\"PersistentVolumeClaim\",\"resource\":\"" + plural + "\"}}}");
    }
}
