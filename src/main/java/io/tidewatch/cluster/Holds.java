package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.model.Annotations;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person's word on a ScaledObject: leave it alone until then. Written under a name of its own, so that what the
 * reconciler applies neither carries it nor drops it.
 */
public record Holds(KubernetesClient client) {

    private static final String PERSON = "tidewatch-hold";

    /** @throws IllegalArgumentException when the API server refuses, with its words */
    public void hold(Target target, Instant until, String reason) {
        annotate(target, until.toString(), reason);
    }

    /** @throws IllegalArgumentException when the API server refuses, with its words */
    public void release(Target target) {
        annotate(target, null, null);
    }

    private void annotate(Target target, @Nullable String until, @Nullable String reason) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put(Annotations.HOLD_UNTIL, until);
        annotations.put(Annotations.HOLD_REASON, reason);
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("name", target.name());
        metadata.put("namespace", target.namespace());
        GenericKubernetesResource item = new RawObjects(client)
                .resource(Map.of(
                        "apiVersion", Kinds.SCALED_OBJECT.apiVersion(),
                        "kind", Kinds.SCALED_OBJECT.kind(),
                        "metadata", metadata));
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", annotations)));
        try {
            client.genericKubernetesResources(Kinds.SCALED_OBJECT.context())
                    .inNamespace(target.namespace())
                    .resource(item)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(PERSON)
                                    .build(),
                            patch);
        } catch (KubernetesClientException refusal) {
            throw new IllegalArgumentException(target + ": " + Refusal.said(refusal), refusal);
        }
    }
}
