package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a controller was started, read from its Deployment. */
class ControllerReaderTest {

    private static final String ROLLOUTS = "quay.io/argoproj/argo-rollouts:v1.10.0";
    private static final String KEDA = "ghcr.io/kedacore/keda:2.20.2";

    private static ControllerView read(String image, List<Object> args, List<Object> env) {
        return ObjectReader.controller(Map.of(
                "metadata",
                Map.of("name", "controller", "namespace", "tools"),
                "spec",
                Map.of(
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "containers",
                                        List.of(
                                                Map.of("image", "proxy:1", "args", List.of("--instance-id=proxy")),
                                                Map.of("image", image, "args", args, "env", env)))))));
    }

    private static ControllerOptions options(String... args) {
        return read(ROLLOUTS, List.of(args), List.of()).options();
    }

    @Test
    void aValueStandsBehindAnEqualsSignOrInTheNextArgumentAndTheLastCounts() {
        assertThat(options("--instance-id=blue").instanceId()).isEqualTo("blue");
        assertThat(options("--instance-id", "blue").instanceId()).isEqualTo("blue");
        assertThat(options("--instance-id=blue", "--instance-id=green").instanceId())
                .isEqualTo("green");
        assertThat(options("--instance-id").instanceId()).isEmpty();
        assertThat(options("--instance-id-of-other=blue")).isEqualTo(ControllerOptions.NONE);
    }

    @Test
    void aVariableInAnArgumentIsReplaced() {
        assertThat(read(
                                ROLLOUTS,
                                List.of("--instance-id=$(TEAM)-$(UNKNOWN)"),
                                List.of(Map.of("name", "TEAM", "value", "blue")))
                        .options()
                        .instanceId())
                .isEqualTo("blue-$(UNKNOWN)");
    }

    @Test
    void aNamespacedControllerWatchesItsOwnNamespaceOrTheOneNamed() {
        assertThat(options("--namespaced").namespaces()).containsExactly("tools");
        assertThat(options("--namespaced=true", "--namespace=shop").namespaces())
                .containsExactly("shop");
        assertThat(options("--namespaced=false").namespaces()).isEmpty();
        assertThat(options("--namespace=shop").namespaces()).isEmpty();
    }

    @Test
    void kedaWatchesTheNamespacesOfItsVariable() {
        assertThat(watched(Map.of("name", "WATCH_NAMESPACE", "value", "shop, stock")))
                .containsExactlyInAnyOrder("shop", "stock");
        assertThat(watched(Map.of("name", "WATCH_NAMESPACE", "value", ""))).isEmpty();
        assertThat(watched(Map.of(
                        "name",
                        "WATCH_NAMESPACE",
                        "valueFrom",
                        Map.of("fieldRef", Map.of("fieldPath", "metadata.namespace")))))
                .containsExactly("tools");
    }

    private static Set<String> watched(Map<String, Object> variable) {
        return read(KEDA, List.of(), List.of(variable)).options().namespaces();
    }

    @Test
    void theNamesOfTheLeasesFollowFromTheOptions() {
        assertThat(read(ROLLOUTS, List.of(), List.of()).leaseNames()).containsExactly("argo-rollouts-controller-lock");
        assertThat(read(ROLLOUTS, List.of("--instance-id=blue"), List.of()).leaseNames())
                .containsExactly("argo-rollouts-controller-lock-blue");
        assertThat(read("argo-rollouts:v1.9.1", List.of("--instance-id=blue"), List.of())
                        .leaseNames())
                .containsExactly("argo-rollouts-controller-lock-blue", "argo-rollouts-controller-lock");
        assertThat(read(ROLLOUTS, List.of("--leader-elect=false"), List.of()).leaseNames())
                .isEmpty();
        assertThat(read(KEDA, List.of("--leader-elect"), List.of()).leaseNames())
                .containsExactly("operator.keda.sh");
        assertThat(read(KEDA, List.of("--leader-election-id=other"), List.of()).leaseNames())
                .containsExactly("other");
        assertThat(read("nginx:1", List.of(), List.of()).leaseNames()).isEmpty();
    }

    @Test
    void whatIsNoTextThrowsNothing() {
        assertThat(ObjectReader.controller(Map.of(
                                "spec", Map.of("template", Map.of("spec", Map.of("containers", List.of(3))))))
                        .options())
                .isEqualTo(ControllerOptions.NONE);
        assertThat(read(KEDA, List.of(3, Map.of()), List.of("x", Map.of("value", 3)))
                        .options())
                .isEqualTo(ControllerOptions.NONE);
    }
}
