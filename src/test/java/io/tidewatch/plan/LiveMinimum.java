package io.tidewatch.plan;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ScaledObject in memory, with what an API server would know of its owners: who wrote last owns what was written. */
final class LiveMinimum {

    private static final Instant NOW = Given.OPENS.plusSeconds(5);
    private static final String OURS = "tidewatch";

    int min;
    int max;
    String minOwner;
    String maxOwner;
    Map<String, String> annotations = new LinkedHashMap<>();

    LiveMinimum(int min, int max, String owner) {
        this.min = min;
        this.max = max;
        this.minOwner = owner;
        this.maxOwner = owner;
    }

    Map<String, Object> raw() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", "checkout");
        metadata.put("namespace", "shop");
        metadata.put("uid", "uid-1");
        metadata.put("resourceVersion", "100");
        metadata.put("annotations", annotations);
        metadata.put(
                "managedFields", List.of(owned(minOwner, "f:minReplicaCount"), owned(maxOwner, "f:maxReplicaCount")));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("scaleTargetRef", Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout"));
        spec.put("minReplicaCount", min);
        spec.put("maxReplicaCount", max);
        return Map.of("apiVersion", "keda.sh/v1alpha1", "kind", "ScaledObject", "metadata", metadata, "spec", spec);
    }

    private static Map<String, Object> owned(String manager, String field) {
        return Map.of(
                "manager",
                manager,
                "operation",
                "Update",
                "time",
                "2026-11-22T13:00:00Z",
                "fieldsV1",
                Map.of("f:spec", Map.of(field, Map.of())));
    }

    Plan plan(DesiredBounds desired) {
        ClusterState state = new ClusterState(
                NOW,
                List.of(ObjectReader.scaledObject(raw(), NOW)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of());
        Observation seen = Observations.of(state, Set.of(desired.target()));
        DesiredState desiredState =
                new DesiredState(NOW, new TreeMap<>(Map.of(desired.target(), desired)), new TreeSet<>());
        return new Planner(OURS, Map.of()).plan(Definitions.NONE, desiredState, state, seen, Diagnoses.NONE);
    }

    /** As server-side apply would do it, a refusal included. */
    void apply(Action.SetMinReplicas set) {
        Map<?, ?> spec = (Map<?, ?>) set.body().get("spec");
        boolean setsMax = spec.containsKey("maxReplicaCount");
        boolean refused = (!minOwner.equals(OURS) && min != set.to())
                || (setsMax
                        && !maxOwner.equals(OURS)
                        && !spec.get("maxReplicaCount").equals(max));
        if (refused && !set.force()) {
            throw new IllegalStateException("409: " + minOwner + " owns the minimum, " + maxOwner + " the maximum");
        }
        min = set.to();
        minOwner = OURS;
        if (setsMax) {
            max = (Integer) spec.get("maxReplicaCount");
            maxOwner = OURS;
        }
        annotations = new LinkedHashMap<>();
        if (((Map<?, ?>) set.body().get("metadata")).get("annotations") instanceof Map<?, ?> written) {
            written.forEach((key, value) -> annotations.put(String.valueOf(key), String.valueOf(value)));
        }
    }
}
