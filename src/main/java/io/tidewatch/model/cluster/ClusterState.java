package io.tidewatch.model.cluster;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.plan.LiveObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of the caches at an instant, by kind.
 *
 * @param events those of the namespaces that were asked for them
 * @param eventsSeenIn these namespaces; absent: all
 * @param declared objects that sources declare, whole
 * @param missing kinds whose cache is not in sync anywhere, which is not the same as absent objects
 * @param missingIn the same in single namespaces
 * @param quotas of the namespaces that were asked for them
 * @param observedUntilIn until when all that happened in a namespace is known for certain; a namespace that is absent: up to now
 */
public record ClusterState(
        Instant at,
        List<ScaledObjectView> scaledObjects,
        List<HpaView> hpas,
        List<RolloutView> rollouts,
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
        Quotas quotas) {

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
            List<RolloutView> rollouts,
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
                rollouts,
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
                Quotas.NONE);
    }

    public ClusterState {
        scaledObjects = List.copyOf(scaledObjects);
        hpas = List.copyOf(hpas);
        rollouts = List.copyOf(rollouts);
        replicaSets = List.copyOf(replicaSets);
        pods = List.copyOf(pods);
        events = List.copyOf(events);
        eventsSeenIn = eventsSeenIn.map(Set::copyOf);
        controllers = List.copyOf(controllers);
        leases = List.copyOf(leases);
        declared = Map.copyOf(declared);
        missing = Set.copyOf(missing);
        missingIn = Map.copyOf(missingIn);
        observedUntilIn = Map.copyOf(observedUntilIn);
    }

    /** The same with these quotas. */
    public ClusterState with(Quotas known) {
        return new ClusterState(
                at,
                scaledObjects,
                hpas,
                rollouts,
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
                known);
    }

    /** What cannot be seen in a namespace. */
    public Set<String> missing(String namespace) {
        Set<String> all = new HashSet<>(missing);
        all.addAll(missingIn.getOrDefault(namespace, Set.of()));
        return Set.copyOf(all);
    }

    public boolean seesEventsOf(String namespace) {
        return eventsSeenIn.map(seen -> seen.contains(namespace)).orElse(true);
    }
}
