package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTroublesTest {

    private final List<String> said = new ArrayList<>();
    private final WatchTroubles troubles = new WatchTroubles("https://api:6443/", said::add);

    @Test
    void aMissingRightIsSaidOnceWithWhatIsNotDoneForWantOfItAndWhoIsRefused() {
        troubles.met("Pod", "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.met("Pod", "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.met("Deployment", "keda", refused("deployments.apps is forbidden"));

        assertThat(said)
                .containsExactly(
                        "no right to list and watch Pods in shop: why pods are not available is not seen (pods is"
                                + " forbidden: User \"dana\" cannot list resource \"pods\"); trying again",
                        "no right to list and watch Deployments in keda: the controllers' versions are not known,"
                                + " nothing is advised (deployments.apps is forbidden); trying again");
    }

    private static KubernetesClientException refused(String words) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(403).withMessage(words).build());
    }
}
