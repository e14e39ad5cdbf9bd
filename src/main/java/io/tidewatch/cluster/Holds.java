package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and removes a person's hold on a ScaledObject. It has a field manager of its own, so that the reconciler's applies neither
 * contain nor remove it.
 */
public record Holds(KubernetesClient client) {

    private static final String PERSON = "tidewatch-hold";

    /**
     * @return whether something was changed: always true, because each hold has a new end
     * @throws KubernetesClientException when the API server rejects the request, or has no such object
     */
    public boolean hold(Target target, Instant until, String reason) {
        annotate(target, until.toString(), reason);
        return true;
    }

    /**
     * @return false where the target was not held
     * @throws KubernetesClientException when the API server rejects the request, or has no such object
     */
    public boolean release(Target target) {
        GenericKubernetesResource live = object(target).get();
        if (live != null && !live.getMetadata().getAnnotations().containsKey(Annotations.HOLD_UNTIL)) {
            return false;
        }
        annotate(target, null, null);
        return true;
    }

    /**
     * The annotations of all ScaledObjects.
     *
     * @param namespace absent: of all namespaces
     * @throws KubernetesClientException when the API server rejects the request
     */
    public Map<Target, Map<String, String>> annotations(Optional<String> namespace) {
        ResourceDefinitionContext kind = Kinds.SCALED_OBJECT.context();
        List<GenericKubernetesResource> found = namespace
                .map(name -> client.genericKubernetesResources(kind)
                        .inNamespace(name)
                        .list())
                .orElseGet(() ->
                        client.genericKubernetesResources(kind).inAnyNamespace().list())
                .getItems();
        Map<Target, Map<String, String>> annotations = new HashMap<>();
        for (GenericKubernetesResource one : found) {
            Map<String, String> written = one.getMetadata().getAnnotations();
            annotations.put(
                    new Target(
                            one.getMetadata().getNamespace(), one.getMetadata().getName()),
                    written == null ? Map.of() : written);
        }
        return annotations;
    }

    private void annotate(Target target, @Nullable String until, @Nullable String reason) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put(Annotations.HOLD_UNTIL, until);
        annotations.put(Annotations.HOLD_REASON, reason);
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", annotations)));
        object(target)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(PERSON)
                                .build(),
                        patch);
    }

    private Resource<GenericKubernetesResource> object(Target target) {
        GenericKubernetesResource named = new RawObjects(client)
                .resource(Map.of(
                        "apiVersion",
                        Kinds.SCALED_OBJECT.apiVersion(),
                        "kind",
                        Kinds.SCALED_OBJECT.kind(),
                        "metadata",
                        Map.of("name", target.name(), "namespace", target.namespace())));
        return client.genericKubernetesResources(Kinds.SCALED_OBJECT.context())
                .inNamespace(target.namespace())
                .resource(named);
    }
}
