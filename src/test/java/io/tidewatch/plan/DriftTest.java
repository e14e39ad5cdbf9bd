package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Difference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Map<String, Object> WRITTEN = Map.of(
            "kind",
            "Rollout",
            "spec",
            Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:1")))));

    @Test
    void whatTheClusterAddsIsNoDrift() {
        Map<String, Object> live = Map.of(
                "kind", "Rollout",
                "status", Map.of("phase", "Healthy"),
                "spec",
                        Map.of(
                                "replicas",
                                5,
                                "template",
                                Map.of(
                                        "containers",
                                        List.of(Map.of("name", "app", "image", "shop:1", "resources", Map.of())))));

        assertThat(paths(WRITTEN, live)).isEmpty();
    }

    @Test
    void anotherValueIsNamedByItsPath() {
        Map<String, Object> live = Map.of(
                "spec", Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:2")))));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers[0].image");
    }

    @Test
    void aListOfAnotherLengthIsDrift() {
        Map<String, Object> live = Map.of("spec", Map.of("template", Map.of("containers", List.of())));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers");
    }

    @Test
    void aFieldThatWeOwnAndNoLongerWriteIsDrift() {
        Map<String, Object> live = Map.of(
                "metadata",
                        Map.of(
                                "managedFields",
                                List.of(Map.of(
                                        "manager",
                                        "tidewatch",
                                        "operation",
                                        "Apply",
                                        "fieldsV1",
                                        Map.of("f:spec", Map.of("f:minReadySeconds", Map.of()))))),
                "spec",
                        Map.of(
                                "minReadySeconds",
                                5,
                                "template",
                                Map.of("containers", List.of(Map.of("name", "app", "image", "shop:1")))));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.minReadySeconds");
    }

    @Test
    void theMinimumIsJudgedElsewhere() {
        assertThat(paths(Map.of("spec", Map.of("minReplicaCount", 5)), Map.of("spec", Map.of("minReplicaCount", 7))))
                .isEmpty();
    }

    @Test
    void fiveAsAnIntAndAsALongAreTheSame() {
        assertThat(paths(Map.of("spec", Map.of("pollingInterval", 30)), Map.of("spec", Map.of("pollingInterval", 30L))))
                .isEmpty();
    }

    @Test
    void whatACommitDropsInsideAListIsDrift() {
        Map<String, Object> live = Map.of(
                "spec",
                Map.of(
                        "template",
                        Map.of(
                                "containers",
                                List.of(Map.of(
                                        "name", "app", "image", "shop:1", "env", List.of(Map.of("name", "A")))))));

        assertThat(paths(WRITTEN, live)).containsExactly(".spec.template.containers[0].env");
    }

    @Test
    void aDifferenceSaysWhatIsThereAndWhatIsWritten() {
        Map<String, Object> live = Map.of(
                "spec", Map.of("template", Map.of("containers", List.of(Map.of("name", "app", "image", "shop:2")))));

        assertThat(Drift.between(WRITTEN, live, Drift.MINIMUM_ONLY))
                .hasToString("[spec.template.containers[0].image shop:2 → shop:1]");
    }

    @Test
    void anEmptyMapThatTheClusterDroppedIsNoDifference() {
        assertThat(paths(Map.of("spec", Map.of("advanced", Map.of())), Map.of("spec", Map.of())))
                .isEmpty();
    }

    @Test
    void inADeploymentAContainerOfAnotherManagerIsNoDrift() {
        assertThat(deploymentPaths(
                        List.of(Map.of("name", "app", "image", "shop:1", "ports", List.of(port(8080)))),
                        List.of(
                                Map.of("name", "sidecar", "image", "proxy:1"),
                                Map.of(
                                        "name", "app",
                                        "image", "shop:1",
                                        "imagePullPolicy", "IfNotPresent",
                                        "ports", List.of(port(9090), port(8080))))))
                .isEmpty();
    }

    @Test
    void inADeploymentAnItemIsNamedByItsKey() {
        assertThat(deploymentPaths(
                        List.of(Map.of("name", "app", "image", "shop:1", "ports", List.of(port(8080)))),
                        List.of(
                                Map.of("name", "sidecar", "image", "proxy:1"),
                                Map.of("name", "app", "image", "shop:2", "ports", List.of(port(9090))))))
                .containsExactlyInAnyOrder(".spec.containers[app].image", ".spec.containers[app].ports[8080/TCP]");
    }

    @Test
    void inADeploymentAnItemThatWeOwnAndNoLongerWriteIsDrift() {
        Map<String, Object> live = new HashMap<>(deployment(List.of(
                Map.of("name", "app", "image", "shop:1", "env", List.of(Map.of("name", "A.B", "value", "1"))))));
        live.put(
                "metadata",
                Map.of(
                        "managedFields",
                        List.of(Map.of(
                                "manager", "tidewatch",
                                "operation", "Apply",
                                "fieldsV1",
                                        Map.of(
                                                "f:spec",
                                                Map.of(
                                                        "f:containers",
                                                        Map.of(
                                                                "k:{\"name\":\"app\"}",
                                                                Map.of(
                                                                        ".", Map.of(),
                                                                        "f:name", Map.of(),
                                                                        "f:image", Map.of(),
                                                                        "f:env",
                                                                                Map.of(
                                                                                        "k:{\"name\":\"A.B\"}",
                                                                                        Map.of(
                                                                                                ".", Map.of(),
                                                                                                "f:value",
                                                                                                Map.of()))))))))));

        assertThat(paths(deployment(List.of(Map.of("name", "app", "image", "shop:1"))), live))
                .containsExactly(".spec.containers[app].env");
        assertThat(paths(
                        deployment(List.of(Map.of(
                                "name", "app", "image", "shop:1", "env", List.of(Map.of("name", "C", "value", "1"))))),
                        live))
                .containsExactlyInAnyOrder(".spec.containers[app].env[C]", ".spec.containers[app].env[A.B]");
    }

    @Test
    void whatTheApiServerAddsInsideOfAWholeListIsNoDrift() {
        Map<String, Object> written = Map.of(
                "kind",
                "StatefulSet",
                "spec",
                Map.of("volumeClaimTemplates", List.of(Map.of("metadata", Map.of("name", "data")))));
        Map<String, Object> live = Map.of(
                "kind",
                "StatefulSet",
                "spec",
                Map.of(
                        "volumeClaimTemplates",
                        List.of(Map.of(
                                "apiVersion", "v1",
                                "kind", "PersistentVolumeClaim",
                                "metadata", Map.of("name", "data"),
                                "spec", Map.of(),
                                "status", Map.of("phase", "Pending")))));

        assertThat(paths(written, live)).isEmpty();
    }

    @Test
    void theOwnersOfAnItemAreItsOwn() {
        Map<String, Object> live = Map.of(
                "metadata",
                Map.of(
                        "managedFields",
                        List.of(
                                owner("tidewatch", "app", "image"),
                                owner("mesh", "sidecar", "image"),
                                owner("kubectl", "app", "env"))));

        assertThat(OwnedFields.of(live, ".spec.containers[app].image", Set.of("tidewatch"))
                        .managers())
                .isEmpty();
        assertThat(OwnedFields.of(live, ".spec.containers[app].env[A].value", Set.of("tidewatch")))
                .satisfies(owners -> {
                    assertThat(owners.managers()).containsExactly("kubectl");
                    assertThat(owners.leaf()).isEqualTo(".spec.containers[app].env");
                });
        assertThat(OwnedFields.of(live, ".spec.containers[sidecar]", Set.of("tidewatch"))
                        .managers())
                .containsExactly("mesh");
        assertThat(ApplyBodies.without(
                        deployment(List.of(
                                Map.of("name", "app", "image", "shop:1", "tty", true), Map.of("name", "sidecar"))),
                        ".spec.containers[app].tty"))
                .isEqualTo(deployment(List.of(Map.of("name", "app", "image", "shop:1"), Map.of("name", "sidecar"))));
    }

    private static Map<String, Object> owner(String manager, String container, String field) {
        return Map.of(
                "manager",
                manager,
                "operation",
                "Apply",
                "fieldsV1",
                Map.of(
                        "f:spec",
                        Map.of(
                                "f:containers",
                                Map.of(
                                        "k:{\"name\":\"" + container + "\"}",
                                        Map.of(".", Map.of(), "f:name", Map.of(), "f:" + field, Map.of())))));
    }

    private static Map<String, Object> port(int number) {
        return Map.of("containerPort", number, "protocol", "TCP");
    }

    private static Map<String, Object> deployment(List<Map<String, Object>> containers) {
        return Map.of("kind", "Deployment", "spec", Map.of("containers", containers));
    }

    private static List<String> deploymentPaths(List<Map<String, Object>> written, List<Map<String, Object>> live) {
        return paths(deployment(written), deployment(live));
    }

    private static List<String> paths(Map<String, Object> written, Map<String, Object> live) {
        return Drift.between(written, live, Drift.MINIMUM_ONLY).stream()
                .map(Difference::path)
                .toList();
    }

    /** Every declared object is compared in every pass: what is as it was written is looked up once, and no path is made of it. */
    @Test
    void theOwnersOfAnObjectThatIsAsWrittenAreReadInOneWalk() {
        int deep = 20;
        Counted written = new Counted(Map.of("leaf", 1));
        Map<String, Object> set = Map.of("f:leaf", Map.of());
        int fields = 1;
        for (int level = 0; level < deep; level++) {
            Map<String, Object> content = new HashMap<>(Map.of("below", written));
            Map<String, Object> owned = new HashMap<>(Map.of("f:below", set));
            for (int leaf = 0; leaf < 10; leaf++) {
                content.put("leaf" + leaf, leaf);
                owned.put("f:leaf" + leaf, Map.of());
            }
            fields += content.size();
            written = new Counted(content);
            set = owned;
        }
        Map<String, Object> live = Map.of(
                "metadata",
                Map.of(
                        "managedFields",
                        List.of(Map.of("manager", "tidewatch", "operation", "Apply", "fieldsV1", set))));

        assertThat(OwnedFields.notIn(written, live, "tidewatch")).isEmpty();
        assertThat(written.count()).isLessThanOrEqualTo(2 * fields);
    }

    @Test
    void whatIsOwnedBelowAListThatIsWrittenIsWrittenAndWhatIsOwnedBelowAScalarIsNot() {
        Map<String, Object> written = new HashMap<>(Map.of("list", List.of(1), "scalar", 1, "map", Map.of("a", 1)));
        written.put("none", null);
        Map<String, Object> below = Map.of("f:a", Map.of(), "f:b", Map.of());
        Map<String, Object> live = Map.of(
                "metadata",
                Map.of(
                        "managedFields",
                        List.of(Map.of(
                                "manager",
                                "tidewatch",
                                "operation",
                                "Apply",
                                "fieldsV1",
                                Map.of(
                                        "f:list", below,
                                        "f:scalar", below,
                                        "f:map", below,
                                        "f:none", Map.of(),
                                        "f:gone", below)))));

        assertThat(OwnedFields.notIn(written, live, "tidewatch"))
                .containsExactlyInAnyOrder(
                        List.of("scalar", "a"),
                        List.of("scalar", "b"),
                        List.of("map", "b"),
                        List.of("gone", "a"),
                        List.of("gone", "b"));
    }

    /** A map that counts how often something is looked up in it or below it. */
    private static final class Counted extends HashMap<String, Object> {

        private static final long serialVersionUID = 1;

        private int count;

        Counted(Map<String, Object> content) {
            super(content);
        }

        int count() {
            return count
                    + values().stream()
                            .filter(Counted.class::isInstance)
                            .map(Counted.class::cast)
                            .mapToInt(Counted::count)
                            .sum();
        }

        @Override
        public Object get(Object key) {
            count++;
            return super.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            count++;
            return super.containsKey(key);
        }
    }
}
