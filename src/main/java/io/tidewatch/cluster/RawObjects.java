package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/** Objects as the plain maps that readers read and plans carry, and back. */
record RawObjects(KubernetesSerialization serialization) {

    RawObjects(KubernetesClient client) {
        this(client.getKubernetesSerialization());
    }

    @SuppressWarnings("unchecked") // a JSON object always becomes a map with text keys
    Map<String, Object> of(GenericKubernetesResource object) {
        return serialization.convertValue(object, Map.class);
    }

    GenericKubernetesResource resource(Map<String, Object> raw) {
        return serialization.convertValue(raw, GenericKubernetesResource.class);
    }
}
