package io.tidewatch.observe;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Guard;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Links objects into the chain of each target, by owner uid and name.
 *
 * <p>Everything is indexed once, so all targets together need a single walk over the objects. Labels decide nothing: with a
 * workloadRef, the Deployment's own ReplicaSet has the same labels.
 */
public final class Observations {

    private static final Set<String> CHAIN =
            Set.of("HorizontalPodAutoscaler", RolloutView.KIND, "ReplicaSet", "Pod", Kinds.EVENT);

    private final ClusterState seen;
    private final Autoscalers autoscalers;
    private final Map<String, List<ReplicaSetView>> replicaSetsByOwner;
    private final Map<String, List<PodView>> podsByOwner;
    private final Map<String, List<EventView>> eventsByObject;
    /** By the names of those that would own them, as controllers form the names. */
    private final Set<Target> ownersOfUnownedSets = new HashSet<>();

    private final Set<Target> ownersOfUnownedPods = new HashSet<>();
    private final boolean hasNoStatus;

    /** @param seen of one namespace */
    Observations(ClusterState seen, boolean hasNoStatus) {
        this.seen = seen;
        this.hasNoStatus = hasNoStatus;
        autoscalers = new Autoscalers(seen);
        replicaSetsByOwner =
                grouped(seen.replicaSets(), view -> view.meta().owner().orElse(""));
        podsByOwner = grouped(seen.pods(), view -> view.meta().owner().orElse(""));
        seen.replicaSets().stream()
                .filter(set -> set.meta().owner().isEmpty() && !set.podHash().isEmpty())
                .forEach(set -> ownersOfUnownedSets.add(ownerByName(set.meta())));
        seen.pods().stream()
                .filter(pod -> pod.meta().owner().isEmpty())
                .forEach(pod -> ownersOfUnownedPods.add(ownerByName(pod.meta())));
        eventsByObject =
                grouped(seen.events().stream().filter(event -> !event.isOurs()).toList(), Observations::about);
    }

    /** The chains of targets that are no HPAs by a schedule. */
    public static Observation of(ClusterState seen, Set<Target> desired) {
        return of(seen, desired, Set.of());
    }

    /**
     * The chains of the desired targets. A chain without any object is empty, and so is a chain whose reading fails.
     *
     * @param hpas those of them that are HPAs, even where a ScaledObject has the same name
     */
    public static Observation of(ClusterState seen, Set<Target> desired, Set<Target> hpas) {
        return of(seen, desired, hpas, Linked.NONE).observation();
    }

    /**
     * The same, where a chain that is equal to the one before is the same object: whoever keeps what follows from a chain need not
     * compare all of its objects. Where all objects are those of before, all chains are; where those of a namespace are, the chains there.
     */
    public static Linked of(ClusterState seen, Set<Target> desired, Set<Target> hpas, Linked before) {
        Observation last = before.observation();
        if (before.isOf(seen, desired, hpas)) {
            Observation same =
                    new Observation(seen.at(), seen.observedUntilIn(), last.targets(), leading(seen), last.faults());
            return new Linked(seen, before.parts(), desired, hpas, same);
        }
        NamespaceChains chains = new NamespaceChains(seen, before);
        Map<Target, TargetObservation> targets = new LinkedHashMap<>();
        Guard guard = new Guard("observe");
        for (Target target : desired) {
            boolean isHpa = hpas.contains(target);
            targets.put(target, chains.known(target, isHpa).orElseGet(() -> {
                Observations index = chains.index(target.namespace());
                return guard.run(
                        target,
                        () -> orBefore(index.observe(target, isHpa), last),
                        fault -> index.autoscalerAlone(target, isHpa));
            }));
        }
        return new Linked(
                seen,
                chains.parts(),
                desired,
                hpas,
                new Observation(
                        seen.at(), seen.observedUntilIn(), TargetMap.copyOf(targets), leading(seen), guard.faults()));
    }

    private static TargetObservation orBefore(TargetObservation made, Observation before) {
        TargetObservation last = before.targets().get(made.target());
        return last != null && made.equals(last) ? last : made;
    }

    /** The observation of a chain that could not be linked: the autoscaler, so that Events can be written about it. */
    private TargetObservation autoscalerAlone(Target target, boolean isHpa) {
        return new TargetObservation(
                target,
                isHpa ? Optional.empty() : autoscalers.scaledObject(target),
                isHpa ? autoscalers.hpa(target) : Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                CHAIN);
    }

    private static List<ControllerView> leading(ClusterState seen) {
        return seen.controllers().stream()
                .map(controller -> controller.leading(seen.leases()))
                .toList();
    }

    /** All there are: the ScaledObjects, the Rollouts that none of them scales, and what else HPAs without KEDA scale. */
    public static Set<Target> targets(ClusterState seen) {
        return Autoscalers.targets(seen);
    }

    /**
     * The targets that concern this instance: targets of schedules, the chains of objects that sources declare, and objects that
     * still have the name of this instance. Sorted.
     */
    public static Set<Target> concerned(
            ClusterState seen, Set<Target> desired, Collection<ObjectKey> declared, String instance) {
        Set<Target> concerned = new LinkedHashSet<>(desired);
        Map<WorkloadRef, Target> scaledBy = new HashMap<>();
        List<AutoscalerView> autoscalers = new ArrayList<>();
        seen.hpas().stream().filter(hpa -> hpa.scaledObject().isEmpty()).forEach(autoscalers::add);
        autoscalers.addAll(seen.scaledObjects());
        for (AutoscalerView live : autoscalers) {
            Target own = Autoscalers.key(live.meta());
            if (live.meta()
                    .annotation(Annotations.INSTANCE)
                    .filter(instance::equals)
                    .isPresent()) {
                concerned.add(own);
            }
            if (live instanceof ScaledObjectView || concerned.contains(own)) {
                scaledBy.put(WorkloadRef.of(live), own);
            }
        }
        for (ObjectKey object : declared) {
            Target own = new Target(object.namespace(), object.name());
            if (AutoscalerKind.of(object.kind()).isPresent()) {
                concerned.add(own);
            } else {
                Optional<Target> scaling = Optional.ofNullable(scaledBy.get(WorkloadRef.of(object)));
                scaling.or(() -> object.kind().equals(RolloutView.KIND) ? Optional.of(own) : Optional.empty())
                        .ifPresent(concerned::add);
            }
        }
        return concerned.stream().sorted().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Of these targets' workloads, those that are watched for them alone: Deployments and StatefulSets. */
    public static Set<WorkloadRef> watchedOneByOne(ClusterState seen, Set<Target> targets) {
        return Autoscalers.watchedOneByOne(seen, targets);
    }

    /** Of what these targets scale, the objects of kinds whose pods nobody knows how to find, and where they are served. */
    public static Map<WorkloadRef, TargetApi> scaleTargets(ClusterState seen, Set<Target> targets) {
        return Autoscalers.scaleTargets(seen, targets);
    }

    private TargetObservation observe(Target target, boolean isHpa) {
        Autoscalers.Links links = isHpa ? autoscalers.ofHpa(target) : autoscalers.of(target);
        Optional<Workload> workload = links.workload();
        List<ReplicaSetView> replicaSets = workload.filter(Workload::isFollowed)
                .map(found -> replicaSetsOf(found.meta()))
                .orElse(List.of());
        List<PodView> pods = new ArrayList<>();
        workload.filter(StatefulSetView.class::isInstance)
                .ifPresent(found -> pods.addAll(owned(podsByOwner, found.meta())));
        replicaSets.forEach(set -> pods.addAll(owned(podsByOwner, set.meta())));
        return new TargetObservation(
                target,
                links.scaledObject(),
                links.hpa(),
                workload,
                replicaSets,
                pods,
                events(links, replicaSets, pods),
                missing(target.namespace(), reference(links), lacks(links.hpa(), workload, replicaSets, pods)));
    }

    /** The workload that the autoscaler refers to, whether it is there or not. */
    private static Optional<WorkloadRef> reference(Autoscalers.Links links) {
        return links.workload()
                .map(WorkloadRef::of)
                .or(() -> links.scaledObject().map(WorkloadRef::of))
                .or(() -> links.hpa().map(WorkloadRef::of));
    }

    /** The missing parts of the observed objects, without which the chain cannot be built or judged. */
    private Set<String> lacks(
            Optional<HpaView> hpa, Optional<Workload> workload, List<ReplicaSetView> replicaSets, List<PodView> pods) {
        Set<String> lacks = new TreeSet<>();
        add(lacks, Lack.STATUS, hasNoStatus);
        hpa.filter(found -> found.desiredReplicas().isEmpty()).ifPresent(found -> lacks.add(Lack.HPA_STATUS));
        hpa.filter(found -> !found.isMinimumKnown()).ifPresent(found -> lacks.add(Lack.HPA_MINIMUM));
        workload.filter(found -> !found.areReplicasKnown())
                .ifPresent(found -> lacks.add(Lack.replicasOf(found.kind())));
        workload.filter(found -> found instanceof ScaleTargetView target && !target.isRead())
                .ifPresent(found -> lacks.add(found.kind().toString()));
        workload.filter(found -> found instanceof ScaleTargetView target && target.isUncounted())
                .ifPresent(found -> lacks.add(Lack.statusOf(found.kind())));
        workload.filter(Workload::isFollowed).ifPresent(found -> {
            boolean isStatefulSet = found instanceof StatefulSetView;
            boolean hasUnowned =
                    (isStatefulSet ? ownersOfUnownedPods : ownersOfUnownedSets).contains(Autoscalers.key(found.meta()));
            boolean isKnownToController = hasUnowned
                    || !replicaSets.isEmpty()
                    || (isStatefulSet && !pods.isEmpty())
                    || found.meta().annotation("rollout.argoproj.io/revision").isPresent()
                    || found.meta().annotation(WorkloadReader.REVISION).isPresent();
            add(
                    lacks,
                    Lack.statusOf(found.kind()),
                    isKnownToController && found.claimed().isEmpty());
            add(lacks, isStatefulSet ? Lack.POD_OWNER : Lack.REPLICA_SET_OWNER, hasUnowned);
            add(lacks, Lack.uidOf(found.kind()), found.meta().uid().isEmpty());
        });
        replicaSets.forEach(set -> {
            boolean hasPods = set.replicas() != 0 || set.specReplicas() != 0;
            add(lacks, Lack.REPLICA_SET_REPLICAS, set.specReplicas() == ReplicaSetView.NOT_WRITTEN);
            add(lacks, Lack.REPLICA_SET_STATUS, set.replicas() == ReplicaSetView.NOT_WRITTEN);
            add(lacks, Lack.REPLICA_SET_UID, hasPods && set.meta().uid().isEmpty());
            add(lacks, Lack.POD_OWNER, ownersOfUnownedPods.contains(Autoscalers.key(set.meta())));
        });
        add(lacks, Lack.POD_STATUS, pods.stream().anyMatch(pod -> !pod.hasStatus()));
        return lacks;
    }

    private static void add(Set<String> lacks, String lack, boolean isLacking) {
        if (isLacking) {
            lacks.add(lack);
        }
    }

    /** A controller names what it makes after itself, a dash, and a suffix without one. */
    private static Target ownerByName(ObjectMeta made) {
        int dash = made.name().lastIndexOf('-');
        return new Target(made.namespace(), dash < 0 ? "" : made.name().substring(0, dash));
    }

    private Set<String> missing(String namespace, Optional<WorkloadRef> reference, Set<String> lacks) {
        Set<String> missing = new TreeSet<>(missing(namespace));
        reference.ifPresent(known -> ofWorkload(missing, known));
        missing.addAll(lacks);
        return missing;
    }

    /** A kind that this chain does not have is not missing; Deployments and StatefulSets may be watched one by one. */
    private void ofWorkload(Set<String> missing, WorkloadRef reference) {
        WorkloadKind kind = reference.kind();
        Stream.of(WorkloadKind.ROLLOUT, WorkloadKind.STATEFUL_SET)
                .filter(other -> !other.equals(kind))
                .forEach(other -> missing.remove(other.toString()));
        if (!Workload.WITH_REPLICA_SETS.contains(kind)) {
            missing.remove(Kinds.REPLICA_SET);
        }
        if (!Workload.FOLLOWED.contains(kind)) {
            missing.remove(Kinds.POD);
            if (seen.isAwaited(reference)) {
                missing.add(kind.toString());
            }
        }
        if (Workload.WATCHED_ONE_BY_ONE.contains(kind)) {
            seen.unseenOf(reference).ifPresent(unseen -> {
                missing.removeAll(Set.of(kind.toString(), Kinds.REPLICA_SET, Kinds.POD));
                missing.addAll(unseen);
            });
        }
    }

    private Set<String> missing(String namespace) {
        if (seen.seesEventsOf(namespace)) {
            return seen.missing(namespace);
        }
        Set<String> missing = new TreeSet<>(seen.missing(namespace));
        missing.add(Kinds.EVENT);
        return missing;
    }

    /** A ReplicaSet without a controller's label is none of a Rollout's or a Deployment's. */
    private List<ReplicaSetView> replicaSetsOf(ObjectMeta workload) {
        return owned(replicaSetsByOwner, workload).stream()
                .filter(set -> !set.podHash().isEmpty())
                .toList();
    }

    private static <T> List<T> owned(Map<String, List<T>> byOwner, ObjectMeta owner) {
        return owner.uid().isEmpty() ? List.of() : byOwner.getOrDefault(owner.uid(), List.of());
    }

    private List<EventView> events(Autoscalers.Links links, List<ReplicaSetView> replicaSets, List<PodView> pods) {
        if (eventsByObject.isEmpty()) {
            return List.of();
        }
        List<EventView> events = new ArrayList<>();
        links.scaledObject().ifPresent(found -> events.addAll(eventsOf("ScaledObject", found.meta())));
        links.hpa().ifPresent(found -> events.addAll(eventsOf("HorizontalPodAutoscaler", found.meta())));
        links.workload().ifPresent(found -> events.addAll(eventsOf(found.kind().name(), found.meta())));
        replicaSets.forEach(set -> events.addAll(eventsOf("ReplicaSet", set.meta())));
        pods.forEach(pod -> events.addAll(eventsOf("Pod", pod.meta())));
        return events;
    }

    private List<EventView> eventsOf(String kind, ObjectMeta meta) {
        List<EventView> byUid = meta.uid().isEmpty() ? List.of() : eventsByObject.getOrDefault(meta.uid(), List.of());
        List<EventView> byName = eventsByObject.getOrDefault(named(kind, meta.namespace(), meta.name()), List.of());
        if (byName.isEmpty()) {
            return byUid;
        }
        List<EventView> both = new ArrayList<>(byUid);
        both.addAll(byName);
        return both;
    }

    /** An Event about an earlier object of the same name has another uid; only an Event without a uid is matched by name. */
    private static String about(EventView event) {
        return event.involvedUid().isEmpty()
                ? named(event.involvedKind(), event.namespace(), event.involvedName())
                : event.involvedUid();
    }

    private static String named(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }

    private static <T> Map<String, List<T>> grouped(Collection<T> views, Function<T, String> key) {
        Map<String, List<T>> index = new HashMap<>();
        views.forEach(view ->
                index.computeIfAbsent(key.apply(view), k -> new ArrayList<>()).add(view));
        return index;
    }
}
