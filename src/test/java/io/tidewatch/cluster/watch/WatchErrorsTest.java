package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchErrorsTest {

    private final List<String> said = new ArrayList<>();
    private final WatchErrors troubles = new WatchErrors("https://api:6443/", said::add);

    @Test
    void aMissingPermissionIsReportedOnceWithTheWorkThatIsNotDoneAndTheRejectedUser() {
        troubles.requestFailed(
                Kinds.of("Pod"), "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.requestFailed(
                Kinds.of("Pod"), "shop", refused("pods is forbidden: User \"dana\" cannot list resource \"pods\""));
        troubles.requestFailed(Kinds.of("Deployment"), "keda", refused("deployments.apps is forbidden"));

        assertThat(said)
                .containsExactly(
                        "missing permission to list and watch pods in shop: cannot tell why pods are unavailable (pods is"
                                + " forbidden: User \"dana\" cannot list resource \"pods\"); trying again",
                        "missing permission to list and watch deployments.apps in keda: cannot tell the versions"
                                + " of the controllers, and gives no advice on them (deployments.apps is forbidden); trying again");
    }

    /** It was said to be watched again whenever a lag was over, though the right was missing still. */
    @Test
    void aPermissionThatIsStillMissingIsNotReportedAsGrantedAfterALagNorAgainAtTheNext() {
        for (int lag = 0; lag < 3; lag++) {
            troubles.requestFailed(Kinds.of("Event"), "shop", refused("events is forbidden"));
            troubles.forget("Event", "shop");
            troubles.resolved();
        }

        assertThat(said)
                .containsExactly(
                        "missing permission to list and watch events in shop: cannot add Events to the"
                                + " cause of a lag, or tell before a raise that pods found no node (events is forbidden); trying again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceQuota", "LimitRange"})
    void aPermissionThatIsMissingAtEveryRaiseIsReportedOnce(String kind) {
        for (int raise = 0; raise < 3; raise++) {
            troubles.requestFailed(Kinds.of(kind), "shop", refused("forbidden"));
            troubles.forget(kind, "shop");
            troubles.resolved();
        }

        assertThat(said).singleElement().asString().contains("cannot tell before a raise whether a quota leaves room");
    }

    @Test
    void aGrantedPermissionIsReportedAndItsLossAfterwardsToo() {
        troubles.requestFailed(Kinds.of("Lease"), "keda", refused("leases is forbidden"));
        troubles.forget("Lease", "keda");
        troubles.requestFailed(Kinds.of("Lease"), "keda", refused("leases is forbidden"));
        troubles.resolved();
        troubles.requestFailed(Kinds.of("Lease"), "keda", refused("leases is forbidden"));

        assertThat(said).hasSize(3);
        assertThat(said.get(1)).isEqualTo("https://api:6443/ answers, everything is watched again");
        assertThat(said.get(2)).isEqualTo(said.get(0));
    }

    @Test
    void whatIsNotWatchedInOneNamespaceAnyMoreMayBeMissingInAnotherStill() {
        troubles.requestFailed(Kinds.of("Event"), "shop", refused("events is forbidden"));
        troubles.requestFailed(Kinds.of("Event"), "bank", refused("events is forbidden"));
        troubles.forget("Event", "shop");
        troubles.resolved();

        assertThat(said).hasSize(3);
        assertThat(said.get(2)).endsWith("everything is watched again");
    }

    @Test
    void aNamespaceThatIsNamedAgainHearsAgainOfWhatIsMissingThere() {
        troubles.requestFailed(Kinds.of("Pod"), "shop", refused("pods is forbidden"));
        troubles.forget("Pod", "shop");
        troubles.resolved();
        troubles.requestFailed(Kinds.of("Pod"), "shop", refused("pods is forbidden"));

        assertThat(said)
                .hasSize(2)
                .allMatch(line -> line.startsWith("missing permission to list and watch pods in shop"));
    }

    @Test
    void aKindThatIsNotServedIsReportedOnceForAllNamespaces() {
        troubles.requestFailed(Kinds.of("Rollout"), "shop", answered(404, "not found"));
        troubles.requestFailed(Kinds.of("Rollout"), "bank", answered(404, "not found"));
        troubles.forget("Rollout", "shop");
        troubles.requestFailed(Kinds.of("Rollout"), "bank", answered(404, "not found"));
        troubles.resolved();

        assertThat(said)
                .containsExactly(
                        "Rollouts are not served by https://api:6443/: their CRD is not installed; trying again",
                        "https://api:6443/ answers, everything is watched again");
    }

    @Test
    void credentialsThatAreNotAcceptedAreReportedOnceUntilTheyAreAccepted() {
        troubles.answered(Answer.REJECTS_CREDENTIALS);
        troubles.resolved();
        troubles.answered(Answer.REJECTS_CREDENTIALS);
        troubles.answered(Answer.SERVES);
        troubles.resolved();

        assertThat(said)
                .containsExactly(
                        "authentication failed (401) at https://api:6443/: the credentials are not accepted; trying again",
                        "https://api:6443/ answers, everything is watched again");
    }

    @Test
    void aMissingPermissionForTheReadinessIsReportedOnce() {
        troubles.answered(Answer.REJECTS_REQUEST);
        troubles.answered(Answer.REJECTS_REQUEST);
        troubles.resolved();

        assertThat(said)
                .containsExactly(
                        "missing permission for GET /readyz at https://api:6443/: any answer counts as a sign that the"
                                + " API server can serve");
    }

    private static KubernetesClientException refused(String words) {
        return answered(403, words);
    }

    private static KubernetesClientException answered(int code, String words) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage(words).build());
    }
}
