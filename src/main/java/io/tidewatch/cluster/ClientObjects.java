package io.tidewatch.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How the client reads JSON. By itself it looks up and loads the class of every kind that Kubernetes has, thousands, and turns what a watch
 * brings into that class first. Here no kind has a class but a Status, by which a watch ends: an object that a watch brings is read as maps
 * at once.
 */
public final class ClientObjects {

    private ClientObjects() {}

    /** A new one; a client keeps it. */
    public static KubernetesSerialization serialization() {
        KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        return serialization;
    }
}
