package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Plan;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a plan costs while Rollouts cannot be seen and their ScaledObjects are not there yet, in bytes that are allocated
 * on the way: four times the objects cost about four times as much, not sixteen times.
 */
class ManyAbsentTest {

    private static final Instant NOW = Given.OPENS;

    @Test
    void theWorkGrowsWithTheNumberOfObjects() {
        planned(100);
        long few = allocated(500);
        long many = allocated(2_000);

        assertThat((double) many / few).isLessThan(6);
    }

    private static long allocated(int targets) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Definitions definitions = definitions(targets);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(plan(definitions).actions()).isEmpty();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void planned(int targets) {
        assertThat(plan(definitions(targets)).actions()).isEmpty();
    }

    private static Plan plan(Definitions definitions) {
        ClusterState nothing = new ClusterState(
                NOW,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of("Rollout"));
        return new Planner("tidewatch", Map.of("shop", new SourcePolicy("shop", true, true)))
                .plan(
                        definitions,
                        new DesiredState(NOW, new TreeMap<>(), new TreeSet<>()),
                        nothing,
                        new Observation(NOW, Map.of(), new TreeMap<>(), List.of()),
                        Diagnoses.NONE);
    }

    private static Definitions definitions(int targets) {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            manifests.add(manifest("argoproj.io/v1alpha1", "Rollout", i, Map.of()));
            manifests.add(manifest(
                    "keda.sh/v1alpha1",
                    "ScaledObject",
                    i,
                    Map.of(
                            "scaleTargetRef",
                            Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "target-" + i))));
        }
        TreeMap<String, FileDefinitions> files = new TreeMap<>();
        files.put("a.yaml", new FileDefinitions("a.yaml", Given.COMMIT.id(), List.of(), List.of(), manifests));
        return new Definitions(List.of(new SourceDefinitions("shop", Given.COMMIT, files, List.of())));
    }

    private static Manifest manifest(String version, String kind, int number, Map<String, Object> spec) {
        ObjectKey key = new ObjectKey(version, kind, "shop", "target-" + number);
        return new Manifest(key, Map.of("kind", kind, "spec", spec), new Origin("shop", "a.yaml", 1));
    }
}
