package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.Reader;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.plan.LiveObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Deployments and StatefulSets that targets need, with their ReplicaSets and pods.
 *
 * <p>A kind is watched in the namespaces where a target is of that kind, and nowhere else. Their pods have no label of Argo Rollouts,
 * so pods and ReplicaSets are selected by what the workloads' own selectors ask for, once those are known.
 */
final class WorkloadWatches {

    private final KindWatch<FullObject<DeploymentView>> deployments;
    private final KindWatch<FullObject<StatefulSetView>> statefulSets;
    private final Reader<ReplicaSetView> replicaSetReader;
    private final Reader<PodView> podReader;
    private final WatchContext context;

    /** By namespace. */
    private final Map<String, List<PodSelection>> watched = new HashMap<>();

    private final Map<Place, Owned> owned = new ConcurrentHashMap<>();
    private volatile Set<WorkloadRef> needed = Set.of();

    /** What is selected where. */
    private record Place(String namespace, PodSelection selection) {}

    /** The ReplicaSets and pods of one place. */
    private record Owned(KindWatch<ReplicaSetView> replicaSets, KindWatch<PodView> pods) {

        Stream<KindWatch<?>> kinds() {
            return Stream.of(replicaSets, pods);
        }
    }

    WorkloadWatches(Readers readers, WatchContext context, Set<Kinds> whole) {
        this.deployments = new KindWatch<>(
                Kinds.DEPLOYMENT,
                Selection.ALL,
                FullObject.reader(readers.deployments(), whole.contains(Kinds.DEPLOYMENT)),
                context);
        this.statefulSets = new KindWatch<>(
                Kinds.STATEFUL_SET,
                Selection.ALL,
                FullObject.reader(readers.statefulSets(), whole.contains(Kinds.STATEFUL_SET)),
                context);
        this.replicaSetReader = readers.replicaSets();
        this.podReader = readers.pods();
        this.context = context;
    }

    /** Watches what these workloads need from now on, and nothing else. Called by one thread at a time. */
    void watch(Set<WorkloadRef> workloads) {
        needed = Set.copyOf(workloads);
        deployments.watch(namespacesOf(WorkloadKind.DEPLOYMENT));
        statefulSets.watch(namespacesOf(WorkloadKind.STATEFUL_SET));
        Map<String, List<PodSelection>> selections = new TreeMap<>();
        known().filter(workload -> needed.contains(WorkloadRef.of(workload)))
                .forEach(workload -> selections
                        .computeIfAbsent(workload.meta().namespace(), namespace -> new ArrayList<>())
                        .add(selection(workload)));
        watched.keySet().retainAll(selections.keySet());
        selections.forEach((namespace, wanted) ->
                watched.put(namespace, PodSelection.toWatch(watched.getOrDefault(namespace, List.of()), wanted)));
        follow();
    }

    Set<String> namespacesOf(WorkloadKind kind) {
        return needed.stream()
                .filter(workload -> workload.kind().equals(kind))
                .map(WorkloadRef::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Workload> known() {
        return Stream.concat(
                deployments.all().stream().map(FullObject::view),
                statefulSets.all().stream().map(FullObject::view));
    }

    private static PodSelection selection(Workload workload) {
        Map<String, String> labels = workload instanceof DeploymentView deployment
                ? deployment.selector().labels()
                : ((StatefulSetView) workload).selector().labels();
        return PodSelection.of(workload, labels);
    }

    private void follow() {
        Set<Place> places = watched.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(selection -> new Place(entry.getKey(), selection)))
                .collect(Collectors.toSet());
        owned.entrySet().removeIf(entry -> {
            boolean isDropped = !places.contains(entry.getKey());
            if (isDropped) {
                entry.getValue().kinds().forEach(kind -> kind.watch(Set.of()));
            }
            return isDropped;
        });
        Set<String> withReplicaSets = namespacesOf(WorkloadKind.DEPLOYMENT);
        places.forEach(place -> {
            Set<String> here = Set.of(place.namespace());
            Owned found = owned.computeIfAbsent(place, this::select);
            found.replicaSets().watch(withReplicaSets.contains(place.namespace()) ? here : Set.of());
            found.pods().watch(here);
        });
    }

    private Owned select(Place place) {
        Selection selection = Selection.labelled(place.selection().text());
        return new Owned(
                new KindWatch<>(Kinds.REPLICA_SET, selection, replicaSetReader, context),
                new KindWatch<>(Kinds.POD, selection, podReader, context));
    }

    /** The workloads that targets need. */
    List<Workload> workloads() {
        return known().filter(workload -> needed.contains(WorkloadRef.of(workload)))
                .toList();
    }

    List<ReplicaSetView> replicaSets() {
        return once(
                Owned::replicaSets,
                set -> set.meta().namespace() + "/" + set.meta().name());
    }

    List<PodView> pods() {
        return once(
                Owned::pods, pod -> pod.meta().namespace() + "/" + pod.meta().name());
    }

    /** Two selections may share an object. */
    private <V> List<V> once(Function<Owned, KindWatch<V>> kind, Function<V, String> key) {
        Map<String, V> found = new LinkedHashMap<>();
        owned.values().forEach(each -> kind.apply(each).all().forEach(object -> found.put(key.apply(object), object)));
        return List.copyOf(found.values());
    }

    /** Of each needed workload, the kinds that cannot be seen. */
    Map<WorkloadRef, Set<String>> unseen() {
        Map<WorkloadRef, Workload> known = new HashMap<>();
        known().forEach(workload -> known.put(WorkloadRef.of(workload), workload));
        Map<String, List<Map.Entry<Place, Owned>>> ownedIn = owned.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getKey().namespace()));
        Map<WorkloadRef, Set<String>> unseen = new HashMap<>();
        needed.forEach(reference -> unseen.put(
                reference,
                unseen(
                        reference,
                        Optional.ofNullable(known.get(reference)),
                        ownedIn.getOrDefault(reference.namespace(), List.of()))));
        return unseen;
    }

    /** @param ownedHere the ReplicaSets and pods of its namespace */
    private Set<String> unseen(
            WorkloadRef reference, Optional<Workload> known, List<Map.Entry<Place, Owned>> ownedHere) {
        boolean isDeployment = reference.kind().equals(WorkloadKind.DEPLOYMENT);
        KindWatch<?> own = isDeployment ? deployments : statefulSets;
        Set<String> unseen = new TreeSet<>();
        if (!own.isKnown(reference.namespace())) {
            unseen.add(reference.kind().toString());
        }
        if (known.isEmpty()) {
            return unseen;
        }
        PodSelection selection = selection(known.get());
        List<Owned> selecting = ownedHere.stream()
                .filter(entry -> entry.getKey().selection().covers(selection))
                .map(Map.Entry::getValue)
                .toList();
        if (selecting.stream().noneMatch(each -> each.pods().isKnown(reference.namespace()))) {
            unseen.add(Kinds.POD.kind());
        }
        if (isDeployment
                && selecting.stream().noneMatch(each -> each.replicaSets().isKnown(reference.namespace()))) {
            unseen.add(Kinds.REPLICA_SET.kind());
        }
        return unseen;
    }

    /** The Deployments and StatefulSets that are known with all fields. */
    Stream<LiveObject> whole() {
        return Stream.concat(
                deployments.all().stream()
                        .filter(FullObject::isWhole)
                        .map(object ->
                                object.live(Kinds.DEPLOYMENT, object.view().meta())),
                statefulSets.all().stream()
                        .filter(FullObject::isWhole)
                        .map(object ->
                                object.live(Kinds.STATEFUL_SET, object.view().meta())));
    }

    /** All watches that are open or to be opened. */
    Stream<KindWatch<?>> kinds() {
        return Stream.concat(
                Stream.of(deployments, statefulSets), owned.values().stream().flatMap(Owned::kinds));
    }
}
