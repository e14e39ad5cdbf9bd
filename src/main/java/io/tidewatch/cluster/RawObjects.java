package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/** Converts objects to the plain maps that readers read and plans hold, and back. */
public record RawObjects(KubernetesSerialization serialization) {

    public RawObjects(KubernetesClient client) {
        this(client.getKubernetesSerialization());
    }

    @SuppressWarnings("unchecked") // a JSON object always becomes a map with text keys
    public Map<String, Object> of(GenericKubernetesResource object) {
        return serialization.convertValue(object, Map.class);
    }

    public GenericKubernetesResource resource(Map<String, Object> raw) {
        return serialization.convertValue(raw, GenericKubernetesResource.class);
    }
}
