package io.tidewatch.preflight.node;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.RaiseFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of one namespace about pods without a node.
 *
 * @param waiting by name, at most {@link #WAITING}
 * @param needsByOwner what the pods of a ReplicaSet ask for, by its uid; of those with a pod that waits
 * @param limitRanges absent where they are not known
 * @param failed the scheduler's Events
 * @param rejected why these Events cannot be listed
 */
public record NamespaceNodes(
        List<WaitingPod> waiting,
        Map<String, PodNeeds> needsByOwner,
        Optional<List<LimitRangeView>> limitRanges,
        List<EventView> failed,
        Optional<String> rejected) {

    /** So many of the pods that wait are compared with those of each raise of the namespace. */
    private static final int WAITING = 20;

    /** Nothing is known. */
    public static final NamespaceNodes NONE =
            new NamespaceNodes(List.of(), Map.of(), Optional.empty(), List.of(), Optional.empty());

    /** Those of several namespaces, in one walk over the pods. */
    public static Map<String, NamespaceNodes> of(ClusterState state, Set<String> namespaces) {
        if (namespaces.isEmpty()) {
            return Map.of();
        }
        Map<String, List<WaitingPod>> waiting = new HashMap<>();
        state.pods().stream()
                .filter(pod -> namespaces.contains(pod.meta().namespace()))
                .forEach(pod -> WaitingPod.of(pod)
                        .ifPresent(one -> waiting.computeIfAbsent(pod.meta().namespace(), any -> new ArrayList<>())
                                .add(one)));
        Map<String, List<EventView>> failed = new HashMap<>();
        state.raiseFacts().failedSchedulings().events().stream()
                .filter(event -> namespaces.contains(event.namespace()))
                .forEach(event -> failed.computeIfAbsent(event.namespace(), any -> new ArrayList<>())
                        .add(event));
        waiting.replaceAll((namespace, pods) -> pods.stream()
                .sorted(Comparator.comparing(WaitingPod::name))
                .limit(WAITING)
                .toList());
        Map<String, PodNeeds> needs = needsByOwner(state, waiting.values());
        RaiseFacts facts = state.raiseFacts();
        Map<String, NamespaceNodes> known = new HashMap<>();
        namespaces.forEach(namespace -> known.put(
                namespace,
                new NamespaceNodes(
                        waiting.getOrDefault(namespace, List.of()),
                        needs,
                        facts.quotas().knownIn().contains(namespace)
                                ? Optional.of(facts.quotas().limitRangesIn(namespace))
                                : Optional.empty(),
                        failed.getOrDefault(namespace, List.of()),
                        Optional.ofNullable(
                                facts.failedSchedulings().rejectedIn().get(namespace)))));
        return known;
    }

    private static Map<String, PodNeeds> needsByOwner(ClusterState state, Collection<List<WaitingPod>> waiting) {
        Set<String> owners = waiting.stream()
                .flatMap(List::stream)
                .flatMap(pod -> pod.pod().meta().owner().stream())
                .collect(Collectors.toUnmodifiableSet());
        Map<String, PodNeeds> needs = new HashMap<>();
        if (!owners.isEmpty()) {
            state.replicaSets().stream()
                    .filter(set -> owners.contains(set.meta().uid()))
                    .forEach(set ->
                            set.pod().ifPresent(pod -> needs.put(set.meta().uid(), pod)));
        }
        return needs;
    }
}
