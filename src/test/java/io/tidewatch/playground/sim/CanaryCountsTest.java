package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes on the way of a basic canary, computed by hand from {@code CalculateReplicaCountsForBasicCanary} of argo-rollouts. */
class CanaryCountsTest {

    @ParameterizedTest(name = "{0} wanted, new {1}/{2}, stable {3}/{4}: new {5}, stable {6}")
    @CsvSource({
        // wanted, new size/available, stable size/available, then new and stable
        "7, 0, 0, 7, 7, 2, 7",
        "7, 2, 0, 7, 7, 2, 7",
        "7, 2, 1, 7, 7, 2, 6",
        "7, 2, 2, 7, 7, 2, 5",
        "7, 2, 2, 5, 5, 4, 5",
        "7, 6, 6, 1, 1, 7, 1",
        "7, 7, 7, 1, 1, 7, 0",
        "5, 0, 0, 5, 5, 2, 5",
        "5, 4, 4, 1, 1, 5, 1",
    })
    void twoAtATime(int desired, int size, int available, int stableSize, int stableAvailable, int fresh, int stable) {
        CanaryCounts counts = CanaryCounts.of(
                rollout(desired),
                Optional.of(replicaSet("new", size, available)),
                Optional.of(replicaSet("stable", stableSize, stableAvailable)),
                List.of());
        assertThat(counts).isEqualTo(new CanaryCounts(fresh, stable));
    }

    @ParameterizedTest(name = "{0} wanted, one ReplicaSet of {1}: {2}")
    @CsvSource({"7, 5, 7", "5, 7, 5", "5, 5, 5"})
    void aPromotedReplicaSetFollowsAtOnce(int desired, int size, int expected) {
        RsCopy only = replicaSet("only", size, size);
        CanaryCounts counts = CanaryCounts.of(rollout(desired), Optional.of(only), Optional.of(only), List.of());
        assertThat(counts.fresh()).isEqualTo(expected);
    }

    private static RolloutView rollout(int replicas) {
        return new RolloutView(live(Stage.rolloutYaml(Stage.CANARY, replicas)));
    }

    private static RsCopy replicaSet(String name, int size, int available) {
        return new RsCopy(live("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: %s, namespace: shop}
                spec: {replicas: %d}
                status: {replicas: %d, availableReplicas: %d}
                """.formatted(name, size, size, available)));
    }

    private static Live live(String yaml) {
        return new Live(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }
}
