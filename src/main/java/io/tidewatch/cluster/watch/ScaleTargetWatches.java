package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Reader;
import io.tidewatch.cluster.ResourceKind;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What targets scale beside Rollouts, Deployments and StatefulSets, for its own count. Each kind is watched in the namespaces where a
 * target scales it, and nowhere else; of each object a few numbers are kept. A kind that may not be watched is not followed: the
 * numbers of its HPA count then.
 */
final class ScaleTargetWatches {

    private final Reader<ScaleTargetView> reader;
    private final WatchContext context;
    private final ServedKinds served;
    private final Map<Place, KindWatch<ScaleTargetView>> watches = new ConcurrentHashMap<>();
    private volatile Map<WorkloadRef, Place> needed = Map.of();

    private record Place(ResourceKind kind, String namespace) {}

    ScaleTargetWatches(Readers readers, WatchContext context) {
        this.reader = readers.scaleTargets();
        this.context = context;
        this.served = new ServedKinds(context);
    }

    /** Watches these objects from now on, and no others. Called by one thread at a time. */
    void watch(Map<WorkloadRef, TargetApi> targets) {
        Map<WorkloadRef, Place> places = new HashMap<>();
        targets.forEach((target, api) -> served.of(target.kind().name(), api)
                .ifPresent(kind -> places.put(target, new Place(kind, target.namespace()))));
        needed = Map.copyOf(places);
        Set<Place> wanted = Set.copyOf(places.values());
        watches.entrySet().removeIf(entry -> {
            boolean isDropped = !wanted.contains(entry.getKey());
            if (isDropped) {
                entry.getValue().watch(Set.of());
            }
            return isDropped;
        });
        wanted.forEach(place -> watches.computeIfAbsent(place, this::open).watch(Set.of(place.namespace())));
    }

    private KindWatch<ScaleTargetView> open(Place place) {
        return new KindWatch<>(place.kind(), Selection.ALL, reader, context);
    }

    /** The objects that targets scale. */
    List<Workload> workloads() {
        return watches.values().stream()
                .flatMap(watch -> watch.all().stream())
                .filter(view -> needed.containsKey(WorkloadRef.of(view)))
                .map(Workload.class::cast)
                .toList();
    }

    /** Of each object that is watched, the kinds that cannot be seen yet; without those that the API server refuses. */
    Map<WorkloadRef, Set<String>> unseen() {
        Map<WorkloadRef, Set<String>> unseen = new HashMap<>();
        needed.forEach((target, place) -> Optional.ofNullable(watches.get(place))
                .filter(watch -> !watch.isRefused(place.namespace()))
                .ifPresent(watch -> unseen.put(
                        target,
                        watch.isKnown(place.namespace())
                                ? Set.of()
                                : Set.of(target.kind().toString()))));
        return unseen;
    }

    /** All watches that are open or to be opened. */
    Stream<KindWatch<?>> kinds() {
        return watches.values().stream().map(watch -> watch);
    }
}
