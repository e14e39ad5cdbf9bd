package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A permanent refusal of an admission webhook was taken for a right that is missing for a moment, and sent for ever. */
class RejectionTest {

    private static final Action WRITE = new Action.SetMinReplicas(
            AutoscalerKind.SCALED_OBJECT,
            new Target("shop", "cart"),
            new Action.Version("uid-1", "100"),
            OptionalInt.of(5),
            7,
            Optional.empty(),
            Map.of(),
            false,
            "window opens");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        401 | true  | Unauthorized
        403 | true  | scaledobjects.keda.sh "cart" is forbidden: User "dana" cannot patch resource "scaledobjects" in API group "keda.sh" in the namespace "shop"
        403 | true  | scaledobjects.keda.sh "cart" is forbidden: User "system:serviceaccount:a:b" cannot patch resource "scaledobjects" in API group "keda.sh" in the namespace "shop": RBAC: clusterrole.rbac.authorization.k8s.io "tidewatch" not found
        403 | true  | scaledobjects.keda.sh "cart" is forbidden: User "dana" cannot patch resource "scaledobjects" in API group "keda.sh" in the namespace "shop": no RBAC policy matched
        403 | true  | rollouts.argoproj.io is forbidden: User "dana \\"the\\" admin" cannot create resource "rollouts" in API group "argoproj.io" in the namespace "shop"
        403 | false | admission webhook "guard.example.com" denied the request: no more than 6
        403 | false | admission webhook "guard" denied the request: cart is forbidden: User "dana" cannot patch resource "x" at night
        403 | false | scaledobjects.keda.sh "cart" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: User "dana" cannot patch resource "x"
        403 | false | rollouts.argoproj.io "cart" is forbidden: exceeded quota: q, requested: count/rollouts=1, used: 5, limited: 5
        422 | false | scaledobjects.keda.sh "cart" is forbidden: User "dana" cannot patch resource "scaledobjects"
        """)
    void onlyTheAuthorizerRejectsTheCaller(int code, boolean ofUs, String message) {
        KubernetesClientException rejection = new KubernetesClientException(
                message, code, new StatusBuilder().withMessage(message).build());

        assertThat(Rejection.outcome(WRITE, rejection, Instant.EPOCH))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.isOfCaller()).isEqualTo(ofUs));
    }
}
