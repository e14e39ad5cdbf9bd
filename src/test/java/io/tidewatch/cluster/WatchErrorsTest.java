package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.ApiServerProbe.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchErrorsTest {

    private final List<String> said = new ArrayList<>();
    private final WatchErrors troubles = new WatchErrors("https://api:6443/", said::add);

    @Test
    void aMissingRightIsSaidOnceWithWhatIsNotDoneForWantOfItAndWhoIsRefused() {
        troubles.met("Pod", "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.met("Pod", "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.met("Deployment", "keda", refused("deployments.apps is forbidden"));

        assertThat(said)
                .containsExactly(
                        "missing permission to list and watch Pods in shop: why pods are not available is not seen (pods is"
                                + " forbidden: User \"dana\" cannot list resource \"pods\"); trying again",
                        "missing permission to list and watch Deployments in keda: the controllers' versions are not known,"
                                + " nothing is advised (deployments.apps is forbidden); trying again");
    }

    /** It was said to be watched again whenever a lag was over, though the right was missing still. */
    @Test
    void aRightThatIsMissingStillIsNotSaidToBeHeldOnceALagIsOverNorSaidAnewAtTheNext() {
        for (int lag = 0; lag < 3; lag++) {
            troubles.met("Event", "shop", refused("events is forbidden"));
            troubles.forget("Event", "shop");
            troubles.over();
        }

        assertThat(said)
                .containsExactly(
                        "missing permission to list and watch Events in shop: why a target lags is told without what its"
                                + " Events say (events is forbidden); trying again");
    }

    @Test
    void aRightThatCameIsSaidAndItsLossAfterwardsToo() {
        troubles.met("Lease", "keda", refused("leases is forbidden"));
        troubles.forget("Lease", "keda");
        troubles.met("Lease", "keda", refused("leases is forbidden"));
        troubles.over();
        troubles.met("Lease", "keda", refused("leases is forbidden"));

        assertThat(said).hasSize(3);
        assertThat(said.get(1)).isEqualTo("https://api:6443/ answers, everything is watched again");
        assertThat(said.get(2)).isEqualTo(said.get(0));
    }

    @Test
    void whatIsNotWatchedInOneNamespaceAnyMoreMayBeMissingInAnotherStill() {
        troubles.met("Event", "shop", refused("events is forbidden"));
        troubles.met("Event", "bank", refused("events is forbidden"));
        troubles.forget("Event", "shop");
        troubles.over();

        assertThat(said).hasSize(3);
        assertThat(said.get(2)).endsWith("everything is watched again");
    }

    @Test
    void aNamespaceThatIsNamedAgainHearsAgainOfWhatIsMissingThere() {
        troubles.met("Pod", "shop", refused("pods is forbidden"));
        troubles.forget("Pod", "shop");
        troubles.over();
        troubles.met("Pod", "shop", refused("pods is forbidden"));

        assertThat(said)
                .hasSize(2)
                .allMatch(line -> line.startsWith("missing permission to list and watch Pods in shop"));
    }

    @Test
    void aKindThatIsNotServedIsSaidOnceForAllNamespaces() {
        troubles.met("Rollout", "shop", answered(404, "not found"));
        troubles.met("Rollout", "bank", answered(404, "not found"));
        troubles.forget("Rollout", "shop");
        troubles.met("Rollout", "bank", answered(404, "not found"));
        troubles.over();

        assertThat(said)
                .containsExactly(
                        "Rollouts are not served by https://api:6443/: their CRD is not installed; trying again",
                        "https://api:6443/ answers, everything is watched again");
    }

    @Test
    void credentialsThatAreNotAcceptedAreToldOnceUntilTheyAreAccepted() {
        troubles.answered(Answer.REJECTS_CREDENTIALS);
        troubles.over();
        troubles.answered(Answer.REJECTS_CREDENTIALS);
        troubles.answered(Answer.SERVES);
        troubles.over();

        assertThat(said)
                .containsExactly(
                        "https://api:6443/ answers 401: it does not accept our credentials; trying again",
                        "https://api:6443/ answers, everything is watched again");
    }

    @Test
    void thatItsStateMayNotBeAskedForIsToldOnce() {
        troubles.answered(Answer.REJECTS_QUESTION);
        troubles.answered(Answer.REJECTS_QUESTION);
        troubles.over();

        assertThat(said)
                .containsExactly(
                        "no permission for GET /readyz at https://api:6443/: that it answers is taken for a sign"
                                + " that it can serve");
    }

    private static KubernetesClientException refused(String words) {
        return answered(403, words);
    }

    private static KubernetesClientException answered(int code, String words) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage(words).build());
    }
}
