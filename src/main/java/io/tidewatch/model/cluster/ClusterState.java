package io.tidewatch.model.cluster;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.plan.LiveObject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of the caches at an instant, by kind.
 *
 * @param workloads Rollouts, Deployments, StatefulSets and what else is scaled
 * @param events those of the namespaces that were asked for them
 * @param eventsSeenIn these namespaces; absent: all
 * @param declared objects that sources declare, whole
 * @param missing kinds whose cache is not in sync anywhere, which is not the same as absent objects
 * @param missingIn the same in single namespaces
 * @param raiseFacts of the namespaces in which a raise is near
 * @param budgets of the namespaces whose schedules may restart a Rollout
 * @param observedUntilIn until when all that happened in a namespace is known for certain; a namespace that is absent: up to now
 * @param unseenOf of each workload that is watched one by one, the kinds that cannot be seen; all of a Deployment or StatefulSet that
 *     is not in it, and of any other workload what its HPA says.
 *     Absent where nothing is watched one by one, as in a dump: then what is missing is missing of all
 */
public record ClusterState(
        Instant at,
        List<ScaledObjectView> scaledObjects,
        List<HpaView> hpas,
        List<Workload> workloads,
        List<ReplicaSetView> replicaSets,
        List<PodView> pods,
        List<EventView> events,
        Optional<Set<String>> eventsSeenIn,
        List<ControllerView> controllers,
        List<LeaseView> leases,
        Map<ObjectKey, LiveObject> declared,
        Set<String> missing,
        Map<String, Set<String>> missingIn,
        Map<String, Instant> observedUntilIn,
        RaiseFacts raiseFacts,
        Budgets budgets,
        Optional<Map<WorkloadRef, Set<String>>> unseenOf) {

    /** Missing during an outage of the API server: the known objects may be old. */
    public static final String API_SERVER = "API server";

    /** Nothing seen yet. */
    public static final ClusterState NONE = new ClusterState(
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(Set.of()),
            List.of(),
            List.of(),
            Map.of(),
            Set.of());

    /** What is missing is missing everywhere, and nothing else is unheard. */
    public ClusterState(
            Instant at,
            List<ScaledObjectView> scaledObjects,
            List<HpaView> hpas,
            List<? extends Workload> workloads,
            List<ReplicaSetView> replicaSets,
            List<PodView> pods,
            List<EventView> events,
            Optional<Set<String>> eventsSeenIn,
            List<ControllerView> controllers,
            List<LeaseView> leases,
            Map<ObjectKey, LiveObject> declared,
            Set<String> missing) {
        this(
                at,
                scaledObjects,
                hpas,
                List.copyOf(workloads),
                replicaSets,
                pods,
                events,
                eventsSeenIn,
                controllers,
                leases,
                declared,
                missing,
                Map.of(),
                Map.of(),
                RaiseFacts.NONE,
                Budgets.NONE,
                Optional.empty());
    }

    public ClusterState {
        scaledObjects = List.copyOf(scaledObjects);
        hpas = HpaView.of(hpas, scaledObjects);
        workloads = List.copyOf(workloads);
        replicaSets = List.copyOf(replicaSets);
        pods = List.copyOf(pods);
        events = List.copyOf(events);
        eventsSeenIn = eventsSeenIn.map(Set::copyOf);
        controllers = List.copyOf(controllers);
        leases = List.copyOf(leases);
        declared = Collections.unmodifiableMap(new HashMap<>(declared));
        missing = Set.copyOf(missing);
        missingIn = Map.copyOf(missingIn);
        observedUntilIn = Map.copyOf(observedUntilIn);
        unseenOf = unseenOf.map(Map::copyOf);
    }

    /** The same, with what is known of the namespaces in which a raise is near. */
    public ClusterState with(RaiseFacts known) {
        return new ClusterState(
                at,
                scaledObjects,
                hpas,
                workloads,
                replicaSets,
                pods,
                events,
                eventsSeenIn,
                controllers,
                leases,
                declared,
                missing,
                missingIn,
                observedUntilIn,
                known,
                budgets,
                unseenOf);
    }

    /** The same with these budgets. */
    public ClusterState with(Budgets known) {
        return new ClusterState(
                at,
                scaledObjects,
                hpas,
                workloads,
                replicaSets,
                pods,
                events,
                eventsSeenIn,
                controllers,
                leases,
                declared,
                missing,
                missingIn,
                observedUntilIn,
                raiseFacts,
                known,
                unseenOf);
    }

    /** The same with these objects of chains alone, and without what sources declare. */
    public ClusterState only(
            List<ScaledObjectView> scaledObjects,
            List<HpaView> hpas,
            List<Workload> workloads,
            List<ReplicaSetView> replicaSets,
            List<PodView> pods,
            List<EventView> events) {
        return new ClusterState(
                at,
                scaledObjects,
                hpas,
                workloads,
                replicaSets,
                pods,
                events,
                eventsSeenIn,
                controllers,
                leases,
                Map.of(),
                missing,
                missingIn,
                observedUntilIn,
                raiseFacts,
                budgets,
                unseenOf);
    }

    /** The workloads that are Rollouts. */
    public List<RolloutView> rollouts() {
        return workloads.stream()
                .filter(RolloutView.class::isInstance)
                .map(RolloutView.class::cast)
                .toList();
    }

    /** What cannot be seen in a namespace. */
    public Set<String> missing(String namespace) {
        Set<String> all = new HashSet<>(missing);
        all.addAll(missingIn.getOrDefault(namespace, Set.of()));
        return Set.copyOf(all);
    }

    /** What cannot be seen of a workload: its kind, its ReplicaSets, its pods; absent where that is not known one by one. */
    public Optional<Set<String>> unseenOf(WorkloadRef workload) {
        return unseenOf.map(
                known -> known.getOrDefault(workload, Set.of(workload.kind().toString())));
    }

    /** Whether a workload is watched one by one, and its kind cannot be seen yet. */
    public boolean isAwaited(WorkloadRef workload) {
        return unseenOf.map(known -> known.getOrDefault(workload, Set.of())
                        .contains(workload.kind().toString()))
                .orElse(false);
    }

    /** Whether a workload is watched one by one, so that its HPA does not speak for it. */
    public boolean isWatched(WorkloadRef workload) {
        return unseenOf.map(known -> known.containsKey(workload)).orElse(false);
    }

    /** Whether it is known that the object exists, or that it does not. */
    public boolean isObserved(ObjectKey key) {
        Optional<Set<String>> unseen = Workload.WATCHED_ONE_BY_ONE.contains(WorkloadKind.of(key))
                ? unseenOf(WorkloadRef.of(key))
                : Optional.empty();
        return unseen.map(kinds -> !kinds.contains(key.kind()))
                .orElseGet(() -> !missing.contains(key.kind())
                        && !missingIn.getOrDefault(key.namespace(), Set.of()).contains(key.kind()));
    }

    public boolean seesEventsOf(String namespace) {
        return eventsSeenIn.map(seen -> seen.contains(namespace)).orElse(true);
    }
}
