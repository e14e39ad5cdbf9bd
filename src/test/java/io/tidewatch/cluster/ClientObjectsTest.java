package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class ClientObjectsTest {

    private final KubernetesSerialization serialization = ClientObjects.serialization();

    @Test
    void anObjectThatAWatchBringsHasNoClassOfItsOwn() {
        assertThat(event("ADDED", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}"))
                .isInstanceOfSatisfying(GenericKubernetesResource.class, pod -> {
                    assertThat(pod.getKind()).isEqualTo("Pod");
                    assertThat(pod.getMetadata().getName()).isEqualTo("a");
                });
    }

    /** Without its class fabric8 would take the end of a watch for an error to be retried, and never list again. */
    @Test
    void theStatusThatEndsAWatchHasItsClass() {
        assertThat(event(
                        "ERROR",
                        "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 410, \"reason\": \"Expired\"}"))
                .isInstanceOfSatisfying(
                        Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
    }

    @Test
    void anObjectThatIsAskedForByItsClassHasIt() {
        Lease lease = serialization.unmarshal(
                "{\"apiVersion\": \"coordination.k8s.io/v1\", \"kind\": \"Lease\", \"spec\": {\"holderIdentity\": \"a\"}}",
                Lease.class);

        assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("a");
    }

    private Object event(String type, String object) {
        return serialization
                .unmarshal("{\"type\": \"" + type + "\", \"object\": " + object + "}", WatchEvent.class)
                .getObject();
    }
}
