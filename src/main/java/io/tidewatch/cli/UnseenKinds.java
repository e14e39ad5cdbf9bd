package io.tidewatch.cli;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a plan would need to know of targets and declared objects, and what no list or dump showed. Without it "nothing to do" would
 * claim that everything is as it should be.
 *
 * @param byTarget kinds as kubectl names them, by the target or the declared object that they are needed for
 */
record UnseenKinds(SortedMap<Target, List<String>> byTarget) {

    private static final String HPA = "HorizontalPodAutoscaler";

    UnseenKinds {
        byTarget = Collections.unmodifiableSortedMap(new TreeMap<>(byTarget));
    }

    static UnseenKinds of(Sources sources, DesiredState desired, ClusterState state, Observation observation) {
        SortedMap<Target, TreeSet<String>> unseen = new TreeMap<>();
        Function<Target, TreeSet<String>> of = target -> unseen.computeIfAbsent(target, any -> new TreeSet<>());
        desired.desired().forEach((target, bounds) -> {
            TargetObservation seen = observation.targets().get(target);
            if (seen != null) {
                needed(seen, bounds.schedule().targets().kind().kind()).stream()
                        .filter(seen.missing()::contains)
                        .forEach(of.apply(target)::add);
            }
        });
        for (SourceDefinitions source : sources.definitions().sources()) {
            if (sources.policies().containsKey(source.source())
                    && sources.policies().get(source.source()).apply()) {
                source.manifests().stream()
                        .map(Manifest::key)
                        .filter(key -> !state.isObserved(key))
                        .forEach(key -> of.apply(target(key)).add(key.kind()));
            }
        }
        SortedMap<Target, List<String>> named = new TreeMap<>();
        unseen.forEach((target, kinds) -> {
            if (!kinds.isEmpty()) {
                named.put(target, List.copyOf(kinds));
            }
        });
        return new UnseenKinds(named);
    }

    /** Of a chain whose autoscaler was not seen, nobody knows which kind of workload it has. */
    private static List<String> needed(TargetObservation seen, String autoscaler) {
        List<String> kinds = new ArrayList<>(List.of(autoscaler));
        if (seen.autoscaler().isPresent()) {
            kinds.add(HPA);
            kinds.add(seen.workloadKind().toString());
            if (Workload.WITH_REPLICA_SETS.contains(seen.workloadKind())) {
                kinds.add("ReplicaSet");
            }
            kinds.add("Pod");
        }
        return kinds;
    }

    private static Target target(ObjectKey key) {
        return new Target(key.namespace(), key.name());
    }

    boolean isEmpty() {
        return byTarget.isEmpty();
    }

    /** A line for each target. */
    List<String> lines() {
        return byTarget.entrySet().stream()
                .map(entry -> entry.getKey() + "  not seen: " + String.join(", ", entry.getValue())
                        + "; what depends on " + (entry.getValue().size() == 1 ? "it" : "them") + " is not planned")
                .toList();
    }

    /** Rows for scripts. */
    List<Object> rows() {
        return byTarget.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Scripts and people read the keys in this order. */
    private static Object row(Target target, List<String> kinds) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("target", target.toString());
        row.put("kinds", kinds);
        return row;
    }
}
