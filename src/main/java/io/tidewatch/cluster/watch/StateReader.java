package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.plan.LiveObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the state of the cluster from the caches. Sends no request.
 *
 * @param catchUp which namespaces have not caught up after an outage
 */
record StateReader(WatchedKinds kinds, OutageCatchUp catchUp) {

    /**
     * @param declared the objects that are needed with all their fields
     * @param isOutage whether the API server does not answer
     */
    ClusterState state(Set<ObjectKey> declared, boolean isOutage, Instant now) {
        return new ClusterState(
                now,
                scaledObjects(),
                hpas(),
                workloads(),
                beside(kinds.replicaSets().all(), kinds.workloads().replicaSets()),
                beside(kinds.pods().all(), kinds.workloads().pods()),
                kinds.lagging().knownEvents(),
                Optional.of(kinds.lagging().eventsKnownIn()),
                kinds.controllers().all(),
                isOutage ? List.of() : kinds.lagging().knownLeases(now),
                declaredAmong(declared),
                missing(isOutage),
                missingIn(),
                observedUntil(),
                kinds.raises().known(),
                kinds.restarts().known(),
                Optional.of(unseen()));
    }

    /** Of each workload that is watched one by one, the kinds that cannot be seen. */
    private Map<WorkloadRef, Set<String>> unseen() {
        Map<WorkloadRef, Set<String>> unseen = new HashMap<>(kinds.workloads().unseen());
        unseen.putAll(kinds.scaleTargets().unseen());
        return unseen;
    }

    private List<Workload> workloads() {
        return Stream.of(
                        kinds.rollouts().all().stream().map(FullObject::view),
                        kinds.workloads().workloads().stream(),
                        kinds.scaleTargets().workloads().stream())
                .<Workload>flatMap(workloads -> workloads)
                .toList();
    }

    /** Those of Rollouts and those of other workloads; none has the labels of both. */
    private static <V> List<V> beside(List<V> ofRollouts, List<V> ofOthers) {
        return Stream.concat(ofRollouts.stream(), ofOthers.stream()).toList();
    }

    /** The ScaledObjects, and the HPAs without KEDA. */
    List<AutoscalerView> autoscalers() {
        List<ScaledObjectView> scaledObjects = scaledObjects();
        List<AutoscalerView> all = new ArrayList<>(scaledObjects);
        HpaView.of(hpas(), scaledObjects).stream()
                .filter(hpa -> hpa.scaledObject().isEmpty())
                .forEach(all::add);
        return all;
    }

    private List<HpaView> hpas() {
        return kinds.hpas().all().stream().map(FullObject::view).toList();
    }

    private List<ScaledObjectView> scaledObjects() {
        return kinds.scaledObjects().all().stream().map(FullObject::view).toList();
    }

    /** By namespace, the earliest instant of its kinds until which everything that happened is known. */
    private Map<String, Instant> observedUntil() {
        Map<String, Instant> observed = new HashMap<>();
        kinds.chains()
                .forEach(kind -> kind.observedUntil()
                        .forEach((namespace, at) -> observed.merge(namespace, at, (a, b) -> a.isBefore(b) ? a : b)));
        return observed;
    }

    private Map<ObjectKey, LiveObject> declaredAmong(Set<ObjectKey> declared) {
        Stream<LiveObject> scaledObjects = kinds.scaledObjects().all().stream()
                .map(object -> object.live(Kinds.SCALED_OBJECT, object.view().meta()));
        Stream<LiveObject> rollouts = kinds.rollouts().all().stream()
                .map(object -> object.live(Kinds.ROLLOUT, object.view().meta()));
        Stream<LiveObject> hpas = kinds.hpas().all().stream()
                .filter(FullObject::isWhole)
                .map(object -> object.live(Kinds.HPA, object.view().meta()));
        return Stream.of(scaledObjects, rollouts, hpas, kinds.workloads().whole())
                .flatMap(objects -> objects)
                .filter(live -> declared.contains(live.key()))
                .collect(Collectors.toUnmodifiableMap(LiveObject::key, Function.identity()));
    }

    /**
     * A kind of the chain is missing everywhere while no namespace is watched. The API server is missing in an outage, because
     * everything that is known may be old.
     */
    private Set<String> missing(boolean isOutage) {
        Stream<String> unwatched = kinds.chain()
                .filter(kind -> kind.namespaces().isEmpty())
                .map(kind -> kind.kind().kind());
        Stream<String> unlisted = Stream.of(kinds.controllers())
                .filter(kind -> !kind.isListed())
                .map(kind -> kind.kind().kind());
        Stream<String> server = isOutage ? Stream.of(ClusterState.API_SERVER) : Stream.empty();
        return Stream.of(unwatched, unlisted, server)
                .flatMap(missing -> missing)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By namespace, because a kind that is missing in one namespace says nothing about another. */
    private Map<String, Set<String>> missingIn() {
        Map<String, Set<String>> missing = new HashMap<>();
        kinds.chain()
                .forEach(kind -> kind.missingIn()
                        .forEach(
                                namespace -> add(missing, namespace, kind.kind().kind())));
        catchUp.behind().forEach(namespace -> add(missing, namespace, ClusterState.API_SERVER));
        return missing;
    }

    private static void add(Map<String, Set<String>> missing, String namespace, String kind) {
        missing.computeIfAbsent(namespace, n -> new HashSet<>()).add(kind);
    }
}
