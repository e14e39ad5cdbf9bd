package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.FailedSchedulings;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.plan.LiveObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of a cluster as kubectl prints them: JSON or YAML, Lists, single objects, several documents.
 *
 * @param problems a line for each part that could not be read; the other objects count
 * @param listed kinds, as Kubernetes spells them, that are known to be complete: a kind without objects has none
 */
public record Dump(List<Map<String, Object>> objects, List<String> problems, Set<String> listed) {

    private static final Set<String> AUTOSCALERS = Set.of("ScaledObject", "HorizontalPodAutoscaler");

    /** What is scaled and has a view of its own. */
    private static final Set<WorkloadKind> WITH_VIEWS =
            Set.of(WorkloadKind.ROLLOUT, WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET, WorkloadKind.REPLICA_SET);

    public Dump {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        listed = Set.copyOf(listed);
    }

    /** A dump of which no kind is known to be complete. */
    public Dump(List<Map<String, Object>> objects, List<String> problems) {
        this(objects, problems, Set.of());
    }

    /**
     * Reads a text. kubectl's errors in the same file become problems; its warnings are skipped.
     *
     * @param origin names the text in problems
     */
    public static Dump parse(String origin, String text) {
        KubectlText kubectl = KubectlText.of(text);
        DumpText read = DumpText.read(kubectl.objects(), kubectl.linesBefore());
        List<String> problems = new ArrayList<>();
        kubectl.errors().forEach(error -> problems.add(origin + ": kubectl said: " + error));
        read.problem().ifPresent(problem -> problems.add(origin + problem));
        if (read.objects().isEmpty() && problems.isEmpty()) {
            problems.add(origin + ": no Kubernetes objects in it");
        }
        NewestVersions newest = NewestVersions.of(read.objects());
        if (newest.olderVersions() > 0) {
            problems.add(origin + ": " + newest.problem());
        }
        return new Dump(newest.objects(), problems);
    }

    /** Joins several files. If an object is in more than one file, its newest version counts. */
    public static Dump of(List<Dump> dumps) {
        NewestVersions newest = NewestVersions.of(
                dumps.stream().flatMap(dump -> dump.objects().stream()).toList());
        List<String> problems = new ArrayList<>(
                dumps.stream().flatMap(dump -> dump.problems().stream()).toList());
        if (newest.olderVersions() > 0) {
            problems.add(newest.problem());
        }
        return new Dump(newest.objects(), problems);
    }

    /** The newest instant in the dump at which something happened; the dump cannot be judged at an earlier instant. */
    public Optional<Instant> newest() {
        return objects.stream().flatMap(LastChangeEvidence::all).max(Instant::compareTo);
    }

    /**
     * The objects as views, each known since the newest instant in the dump that proves a change of it.
     *
     * @param at the instant to judge at; the newest instant in the dump, if that is later
     */
    public ClusterState read(Instant at) {
        LastChangeEvidence proof = new LastChangeEvidence(objects);
        return new ClusterState(
                        newest().filter(at::isBefore).orElse(at),
                        of("ScaledObject", object -> ObjectReader.scaledObject(object, proof.of(object))),
                        of("HorizontalPodAutoscaler", object -> ObjectReader.hpa(object, proof.of(object))),
                        workloads(proof),
                        of("ReplicaSet", object -> ObjectReader.replicaSet(object, proof.ofReplicaSet(object))),
                        of("Pod", object -> ObjectReader.pod(object, proof.of(object))),
                        of("Event", ObjectReader::event),
                        Optional.empty(),
                        of("Deployment", ObjectReader::controller),
                        of("Lease", ObjectReader::lease),
                        declarable(),
                        missing())
                .with(new RaiseFacts(quotas(), new FailedSchedulings(failedSchedulings(), Map.of())))
                .with(new Budgets(of("PodDisruptionBudget", ObjectReader::budget), Set.of()));
    }

    private List<EventView> failedSchedulings() {
        return of("Event", ObjectReader::event).stream()
                .filter(FailedSchedulings::isOne)
                .toList();
    }

    private List<Workload> workloads(LastChangeEvidence proof) {
        List<Workload> workloads = new ArrayList<>();
        workloads.addAll(of(RolloutView.KIND, object -> ObjectReader.rollout(object, proof.of(object))));
        workloads.addAll(of(DeploymentView.KIND, object -> ObjectReader.deployment(object, proof.of(object))));
        workloads.addAll(of(StatefulSetView.KIND, object -> ObjectReader.statefulSet(object, proof.of(object))));
        Set<WorkloadKind> others = scaledKinds();
        objects.stream()
                .filter(object -> others.contains(kindOf(object)))
                .map(object -> ObjectReader.scaleTarget(object, proof.of(object)))
                .forEach(workloads::add);
        return workloads;
    }

    /** The kinds that an autoscaler of the dump refers to, without those that have a view of their own. */
    private Set<WorkloadKind> scaledKinds() {
        return objects.stream()
                .filter(object -> AUTOSCALERS.contains(text(object, "kind")))
                .map(object -> Fields.map(object, "spec", "scaleTargetRef"))
                .map(target -> WorkloadKind.referred(text(target, "apiVersion"), text(target, "kind")))
                .filter(kind -> !WITH_VIEWS.contains(kind))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static WorkloadKind kindOf(Map<String, Object> object) {
        return WorkloadKind.of(text(object, "apiVersion"), text(object, "kind"));
    }

    /** Known in the namespaces of all objects, where the dump has any object of these kinds or is known to be complete in them. */
    private Quotas quotas() {
        List<ResourceQuotaView> quotas = of("ResourceQuota", ObjectReader::quota);
        List<LimitRangeView> ranges = of("LimitRange", ObjectReader::limitRange);
        boolean isComplete = listed.containsAll(Set.of("ResourceQuota", "LimitRange"));
        Stream<String> namespaces = isComplete
                ? objects.stream()
                        .map(object -> MetaReader.bare(object, Instant.EPOCH).namespace())
                : quotas.stream().map(ResourceQuotaView::namespace);
        return new Quotas(quotas, ranges, namespaces.collect(Collectors.toUnmodifiableSet()), Map.of());
    }

    /** The objects that a source may declare, with all fields; without managedFields no field has an owner. */
    private Map<ObjectKey, LiveObject> declarable() {
        Map<ObjectKey, LiveObject> found = new HashMap<>();
        Stream.concat(Stream.of("ScaledObject", "Rollout"), FurtherKind.kinds().stream())
                .flatMap(kind -> objects.stream().filter(object -> isOf(kind, object)))
                .forEach(object -> {
                    ObjectMeta meta = MetaReader.bare(object, Instant.EPOCH);
                    ObjectKey key = new ObjectKey(
                            text(object, "apiVersion"), text(object, "kind"), meta.namespace(), meta.name());
                    found.put(key, new LiveObject(key, meta.version(), object));
                });
        return found;
    }

    private <T> List<T> of(String kind, Function<Map<String, Object>, T> reader) {
        return objects.stream().filter(object -> isOf(kind, object)).map(reader).toList();
    }

    /** Other projects have a Rollout or a StatefulSet too. An object without apiVersion is taken for one of the known group. */
    private static boolean isOf(String kind, Map<String, Object> object) {
        return text(object, "kind").equals(kind)
                && (!text(object, "apiVersion").contains("/")
                        || WITH_VIEWS.stream().noneMatch(known -> known.name().equals(kind))
                        || WITH_VIEWS.contains(kindOf(object)));
    }

    /** A kind without objects in the dump is missing, unless it is known to be complete. */
    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(Kinds.ALL);
        listed.forEach(kind -> missing.remove(kind));
        missing.removeIf(kind -> objects.stream().anyMatch(object -> isOf(kind, object)));
        return missing;
    }
}
