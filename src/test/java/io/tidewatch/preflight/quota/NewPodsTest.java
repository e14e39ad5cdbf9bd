package io.tidewatch.preflight.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many pods a raise creates, and of which template, by the kind of the workload. */
class NewPodsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");

    /** The sets are {@code cpu of a pod x replicas}; what is created is {@code count x cpu of a pod}. */
    @ParameterizedTest(name = "{0} of {1}: {2} → {3}")
    @CsvSource(delimiter = '|', textBlock = """
        Rollout     | 500m x 5           | 5 | 7  | 2 x 0.5
        Deployment  | 500m x 5           | 5 | 7  | 2 x 0.5
        Deployment  | 500m x 5, 1 x 0    | 5 | 7  | 2 x 0.5
        Deployment  | 500m x 4, 1 x 2    | 5 | 10 | 4 x 0.5, 2 x 1
        Deployment  | 500m x 5, 1 x 1    | 5 | 7  | 2 x 0.5, 1 x 1
        Deployment  | 500m x 7           | 7 | 7  | ''
        Deployment  | 500m x 9           | 9 | 7  | ''
        Deployment  | 500m x 0           | 0 | 3  | 3 x ?
        StatefulSet | 250m               | 5 | 7  | 2 x 0.25
        StatefulSet | ''                 | 5 | 7  | 2 x ?
        CustomApp   | ''                 | 5 | 7  | ''
        """)
    void aRaiseCreatesThesePods(String kind, String sets, int now, int minimum, String created) {
        List<String> demands = NewPods.of(seen(kind, sets, now), minimum).stream()
                .map(demand -> demand.count() + " x "
                        + (demand.pod().incomputable().isPresent()
                                ? "?"
                                : demand.pod()
                                        .containers()
                                        .get(0)
                                        .requests()
                                        .get("cpu")
                                        .stripTrailingZeros()
                                        .toPlainString()))
                .toList();

        assertThat(String.join(", ", demands)).isEqualTo(created);
    }

    private static TargetObservation seen(String kind, String sets, int replicas) {
        StringBuilder objects = new StringBuilder("""
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop, uid: u-so}
                spec: {minReplicaCount: 5, scaleTargetRef: {apiVersion: %2$s, kind: %1$s, name: checkout}}
                ---
                apiVersion: %2$s
                kind: %1$s
                metadata: {name: checkout, namespace: shop, uid: u-w}
                status: {currentPodHash: "1", stableRS: "1"}
                spec:
                  replicas: %3$d
                %4$s
                """.formatted(
                        kind,
                        version(kind),
                        replicas,
                        kind.equals("StatefulSet") && !sets.isEmpty()
                                ? "  " + template(sets).replace("\n", "\n  ")
                                : ""));
        if (!kind.equals("StatefulSet") && !sets.isEmpty()) {
            int number = 0;
            for (String set : Arrays.asList(sets.split(", "))) {
                String[] parts = set.split(" x ");
                number++;
                objects.append("""
                        ---
                        apiVersion: apps/v1
                        kind: ReplicaSet
                        metadata:
                          name: checkout-%1$d
                          namespace: shop
                          uid: u-s%1$d
                          labels: {pod-template-hash: "%1$d", rollouts-pod-template-hash: "%1$d"}
                          ownerReferences: [{controller: true, kind: any, name: checkout, uid: u-w}]
                        spec:
                          replicas: %2$s
                          %3$s
                        status: {replicas: %2$s}
                        """.formatted(number, parts[1], template(parts[0])));
            }
        }
        return Observations.of(Dump.parse("dump", objects.toString()).read(NOW), Set.of(CHECKOUT))
                .targets()
                .get(CHECKOUT);
    }

    private static String template(String cpu) {
        return "template: {spec: {containers: [{name: web, resources: {requests: {cpu: \"" + cpu + "\"}}}]}}";
    }

    private static String version(String kind) {
        return switch (kind) {
            case "Rollout" -> "argoproj.io/v1alpha1";
            case "CustomApp" -> "example.com/v1";
            default -> "apps/v1";
        };
    }
}
