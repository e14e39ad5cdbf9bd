package io.tidewatch.loop;

import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.Linked;
import io.tidewatch.observe.Observations;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the live objects of every target from the caches. The namespaces that definitions name are watched, and others as
 * long as an object there carries the name of this instance: its schedule may be removed while its baseline is not restored.
 */
public final class ObserveStage {

    /** The watch brings a write of ours within this time. */
    private static final Duration UNTIL_WRITES_ARE_SEEN = Duration.ofSeconds(30);

    private final Caches caches;
    private final String instance;
    private final KnownNamespaces known;
    /** The namespaces that definitions name, or named a moment ago, with the pass that named them last. */
    private final Map<String, Instant> named = new HashMap<>();

    private final Set<String> unchecked = new HashSet<>();
    private Set<String> lastKnown = Set.of();
    private Linked last = Linked.NONE;

    /**
     * The namespaces that the journal knows from before this start, as far as it has been read. Objects of this instance may be
     * left in them.
     */
    @FunctionalInterface
    public interface KnownNamespaces {

        Set<String> namespaces();
    }

    /** What the stage needs of {@link ClusterCaches}. */
    interface Caches {

        /** Watches these namespaces from now on, and no others. */
        void watch(Set<String> namespaces);

        /** Watches these Deployments and StatefulSets from now on, and no others; what is found is known in the next pass. */
        void watchWorkloads(Set<WorkloadRef> needed);

        /** Watches these objects of other kinds from now on, and no others. */
        void watchScaleTargets(Map<WorkloadRef, TargetApi> needed);

        /** The ScaledObjects, and the HPAs without KEDA. */
        List<AutoscalerView> autoscalers();

        /** Whether the ScaledObjects of the namespace have been listed. */
        boolean isListed(String namespace);

        /** Whether Tidewatch may not list the ScaledObjects of the namespace. */
        boolean isForbidden(String namespace);

        /** @param whole the objects that are given with all their fields */
        ClusterState state(Set<ObjectKey> whole, Instant now);
    }

    private record ClusterCachesOf(ClusterCaches caches) implements Caches {

        @Override
        public void watch(Set<String> namespaces) {
            caches.watch(namespaces);
        }

        @Override
        public void watchWorkloads(Set<WorkloadRef> needed) {
            caches.watchWorkloads(needed);
        }

        @Override
        public void watchScaleTargets(Map<WorkloadRef, TargetApi> needed) {
            caches.watchScaleTargets(needed);
        }

        @Override
        public List<AutoscalerView> autoscalers() {
            return caches.autoscalers();
        }

        @Override
        public boolean isListed(String namespace) {
            return caches.isListed(namespace);
        }

        @Override
        public boolean isForbidden(String namespace) {
            return caches.isForbidden(namespace);
        }

        @Override
        public ClusterState state(Set<ObjectKey> whole, Instant now) {
            return caches.state(whole, now);
        }
    }

    public ObserveStage(ClusterCaches caches, String instance, KnownNamespaces known) {
        this(new ClusterCachesOf(caches), instance, known);
    }

    ObserveStage(Caches caches, String instance, KnownNamespaces known) {
        this.caches = caches;
        this.instance = instance;
        this.known = known;
    }

    public synchronized Pass observe(Pass pass) {
        List<ObjectKey> declared = pass.definitions().sources().stream()
                .map(SourceDefinitions::manifests)
                .flatMap(List::stream)
                .map(Manifest::key)
                .toList();
        Set<Target> targets = pass.desired().targets();
        Set<String> now = known.namespaces();
        if (!now.equals(lastKnown)) {
            unchecked.addAll(now);
            lastKnown = now;
        }
        unchecked.removeIf(namespace -> caches.isListed(namespace) || caches.isForbidden(namespace));
        name(
                Stream.concat(
                        declared.stream().map(ObjectKey::namespace),
                        targets.stream().map(Target::namespace)),
                pass.desired().at());
        caches.watch(Stream.of(
                        named.keySet().stream(), ours().map(live -> live.meta().namespace()), unchecked.stream())
                .flatMap(namespaces -> namespaces)
                .collect(Collectors.toUnmodifiableSet()));
        ClusterState state =
                caches.state(whole(declared, targets), pass.desired().at());
        Set<Target> concerned = Observations.concerned(state, targets, declared, instance);
        Set<WorkloadRef> workloads = new HashSet<>(Observations.watchedOneByOne(state, concerned));
        declared.stream()
                .filter(key -> Workload.WATCHED_ONE_BY_ONE.contains(WorkloadKind.of(key)))
                .forEach(key -> workloads.add(WorkloadRef.of(key)));
        caches.watchWorkloads(workloads);
        caches.watchScaleTargets(Observations.scaleTargets(state, concerned));
        last = Observations.of(state, concerned, pass.desired().hpas(), last);
        return pass.with(state, last.observation());
    }

    /**
     * A schedule may be removed immediately after Tidewatch wrote its target, before the watch has brought that write. The
     * annotations of the write are seen only if the watch goes on.
     */
    private void name(Stream<String> namespaces, Instant now) {
        namespaces.forEach(namespace -> named.put(namespace, now));
        named.values().removeIf(last -> last.plus(UNTIL_WRITES_ARE_SEEN).isBefore(now));
    }

    /** The objects that are needed with all fields: declared objects, and our objects without a schedule, whose other fields we must keep. */
    private Set<ObjectKey> whole(List<ObjectKey> declared, Set<Target> targets) {
        Set<ObjectKey> whole = new HashSet<>(declared);
        ours().filter(live -> !targets.contains(target(live)))
                .map(live -> live.kind().key(target(live)))
                .forEach(whole::add);
        return whole;
    }

    private static Target target(AutoscalerView live) {
        return new Target(live.meta().namespace(), live.meta().name());
    }

    private Stream<AutoscalerView> ours() {
        return caches.autoscalers().stream().filter(live -> new OwnRecord(live.meta()).isOf(instance));
    }
}
