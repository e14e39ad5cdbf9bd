package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Difference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
