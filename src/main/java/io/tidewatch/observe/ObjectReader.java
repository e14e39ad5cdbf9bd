package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.countIn;
import static io.tidewatch.observe.Fields.countOrZero;
import static io.tidewatch.observe.Fields.flag;
import static io.tidewatch.observe.Fields.generation;
import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.instantIn;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.omittedAtZero;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.ScaledObjectView.Fallback;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetApi;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Raw objects, as parsed from JSON, to the views that the stages work on.
 *
 * <p>Tolerant: what is absent, of a wrong type, negative or huge never throws; see {@link Fields} for what it reads as.
 * Only the fields that a stage needs are kept, because every pod of every watched Rollout is in memory as a view.
 */
public final class ObjectReader {

    private static final Set<String> ROLLOUT_ANNOTATIONS =
            Set.of("rollout.argoproj.io/workload-generation", "rollout.argoproj.io/revision", "tidewatch.io/nudged-at");
    private static final Set<String> HPA_LABELS = Set.of(HpaView.OF_SCALED_OBJECT, "app.kubernetes.io/version");

    private static final Shared<PodNeeds> NEEDS = new Shared<>(1_024);

    private ObjectReader() {}

    /** @param seenAt when this version became known, see {@link io.tidewatch.model.cluster.ObjectMeta} */
    public static ScaledObjectView scaledObject(Map<String, Object> object, Instant seenAt) {
        Map<String, Object> spec = map(object, "spec");
        Map<String, Object> target = map(spec, "scaleTargetRef");
        WorkloadKind kind = targetKind(target, "Deployment");
        return new ScaledObjectView(
                MetaReader.read(object, seenAt, label -> true, ObjectReader::isOursOrKeda),
                count(spec, "minReplicaCount"),
                count(spec, "maxReplicaCount"),
                count(spec, "idleReplicaCount"),
                kind,
                text(target, "name"),
                targetApi(kind, text(target, "apiVersion"), map(object, "status", "scaleTargetGVKR")),
                hpaName(object),
                fallback(map(spec, "fallback"), map(object, "status", "health")),
                ConditionReader.all(object));
    }

    /** @param resolved what KEDA has found at the API server; empty until then */
    private static TargetApi targetApi(WorkloadKind kind, String apiVersion, Map<String, Object> resolved) {
        String group = text(resolved, "group");
        String version = text(resolved, "version");
        String plural = text(resolved, "resource");
        boolean isResolved =
                !version.isEmpty() && !plural.isEmpty() && kind.equals(new WorkloadKind(group, text(resolved, "kind")));
        return isResolved
                ? new TargetApi(group.isEmpty() ? version : group + "/" + version, Optional.of(plural))
                : new TargetApi(apiVersion, Optional.empty());
    }

    private static WorkloadKind targetKind(Map<String, Object> target, String absent) {
        String kind = text(target, "kind");
        return WorkloadKind.referred(text(target, "apiVersion"), kind.isEmpty() ? absent : kind);
    }

    private static boolean isOursOrKeda(String annotation) {
        return annotation.startsWith(Annotations.PREFIX) || annotation.startsWith("autoscaling.keda.sh/");
    }

    /** A number that cannot be read is no fallback. */
    private static Optional<Fallback> fallback(Map<String, Object> spec, Map<String, Object> health) {
        int replicas = count(spec, "replicas").orElse(Fields.UNREADABLE);
        Map<String, Integer> failing = new TreeMap<>();
        health.forEach((metric, written) -> {
            Map<String, Object> state = map(written);
            if (text(state, "status").equals("Failing")) {
                failing.put(metric, Math.max(0, countOrZero(state, "numberOfFailures")));
            }
        });
        return replicas < 0 ? Optional.empty() : Optional.of(new Fallback(replicas, failing));
    }

    private static String hpaName(Map<String, Object> object) {
        return Stream.of(
                        text(map(object, "status"), "hpaName"),
                        text(map(object, "spec", "advanced", "horizontalPodAutoscalerConfig"), "name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("keda-hpa-" + text(map(object, "metadata"), "name"));
    }

    /** @param seenAt when this version became known */
    public static HpaView hpa(Map<String, Object> object, Instant seenAt) {
        Map<String, Object> spec = map(object, "spec");
        Map<String, Object> target = map(spec, "scaleTargetRef");
        Map<String, Object> status = map(object, "status");
        return new HpaView(
                MetaReader.read(object, seenAt, HPA_LABELS::contains, annotationsOfHpa(object)),
                scaledObjectOf(object),
                count(spec, "minReplicas").orElse(Fields.UNREADABLE),
                countOrZero(spec, "maxReplicas"),
                targetKind(target, ""),
                text(target, "name"),
                new TargetApi(text(target, "apiVersion"), Optional.empty()),
                count(status, "currentReplicas"),
                count(status, "desiredReplicas"),
                instant(status, "lastScaleTime"),
                text(map(spec, "behavior", "scaleDown"), "selectPolicy").equals("Disabled"),
                Quantities.read(map(spec, "behavior", "scaleDown"), "tolerance"),
                MetricsReader.usage(spec, status),
                ConditionReader.ofHpa(object));
    }

    /** KEDA copies the annotations of a ScaledObject, Tidewatch's too, to the HPA that it makes. */
    private static Predicate<String> annotationsOfHpa(Map<String, Object> object) {
        return scaledObjectOf(object).isPresent()
                ? annotation -> false
                : annotation -> annotation.startsWith(Annotations.PREFIX);
    }

    /** A tool may take the label off, or leave the owner out. */
    private static Optional<String> scaledObjectOf(Map<String, Object> hpa) {
        Map<String, Object> meta = map(hpa, "metadata");
        Stream<String> owners = list(meta, "ownerReferences").stream()
                .map(Fields::map)
                .filter(owner ->
                        flag(owner, "controller") && text(owner, "kind").equals(Kinds.SCALED_OBJECT))
                .map(owner -> text(owner, "name"));
        return Stream.concat(Stream.of(text(map(meta, "labels"), HpaView.OF_SCALED_OBJECT)), owners)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** @param seenAt when this version became known */
    public static RolloutView rollout(Map<String, Object> object, Instant seenAt) {
        return RolloutReader.read(
                object,
                MetaReader.read(
                        object, seenAt, ControllerOptions.INSTANCE_LABEL::equals, ROLLOUT_ANNOTATIONS::contains));
    }

    /** @param seenAt when this version became known */
    public static DeploymentView deployment(Map<String, Object> object, Instant seenAt) {
        return WorkloadReader.deployment(
                object, MetaReader.read(object, seenAt, label -> false, WorkloadReader.REVISION::equals));
    }

    /** @param seenAt when this version became known */
    public static StatefulSetView statefulSet(Map<String, Object> object, Instant seenAt) {
        return WorkloadReader.statefulSet(object, MetaReader.bare(object, seenAt));
    }

    /**
     * An object of a kind that is followed to its own count alone.
     *
     * @param seenAt when this version became known
     */
    public static ScaleTargetView scaleTarget(Map<String, Object> object, Instant seenAt) {
        return WorkloadReader.scaleTarget(object, MetaReader.bare(object, seenAt));
    }

    /** A ReplicaSet of a Rollout or of a Deployment; each of their controllers has a label and annotations of its own. */
    public static ReplicaSetView replicaSet(Map<String, Object> object, Instant seenAt) {
        Map<String, Object> annotations = map(object, "metadata", "annotations");
        Map<String, Object> labels = map(object, "metadata", "labels");
        Map<String, Object> status = map(object, "status");
        String hash = text(labels, "rollouts-pod-template-hash");
        String controller = hash.isEmpty() ? "deployment.kubernetes.io/" : "rollout.argoproj.io/";
        return new ReplicaSetView(
                MetaReader.read(object, seenAt, label -> false, "tidewatch.io/nudged-at"::equals),
                hash.isEmpty() ? text(labels, "pod-template-hash") : hash,
                countIn(text(annotations, controller + "desired-replicas")),
                text(annotations, controller + "revision"),
                instantIn(text(annotations, "scale-down-deadline")),
                count(map(object, "spec"), "replicas").orElse(ReplicaSetView.NOT_WRITTEN),
                countOrZero(map(object, "spec"), "minReadySeconds"),
                count(status, "replicas").orElse(ReplicaSetView.NOT_WRITTEN),
                omittedAtZero(status, "readyReplicas", "availableReplicas"),
                countOrZero(status, "availableReplicas"),
                generation(status, "observedGeneration"),
                ConditionReader.all(object),
                needs(object));
    }

    /** An old revision without pods is not asked for what its pods need. */
    private static Optional<PodNeeds> needs(Map<String, Object> object) {
        boolean hasPods = count(map(object, "spec"), "replicas").orElse(1) > 0
                || countOrZero(map(object, "status"), "replicas") > 0;
        Map<String, Object> template = map(object, "spec", "template", "spec");
        return hasPods && !template.isEmpty() ? Optional.of(NEEDS.of(PodNeedsReader.read(template))) : Optional.empty();
    }

    /** A ResourceQuota. */
    public static ResourceQuotaView quota(Map<String, Object> object) {
        return QuotaReader.quota(object);
    }

    /** A LimitRange. */
    public static BudgetView budget(Map<String, Object> object) {
        return BudgetReader.budget(object);
    }

    public static LimitRangeView limitRange(Map<String, Object> object) {
        return QuotaReader.limitRange(object);
    }

    /** @param seenAt when this version became known */
    public static PodView pod(Map<String, Object> object, Instant seenAt) {
        return PodReader.read(object, MetaReader.withoutWriters(object, seenAt, PodView.REVISION::equals));
    }

    /** An Event of either API; KEDA's carry eventTime alone. */
    public static EventView event(Map<String, Object> object) {
        Map<String, Object> involved = map(object, "involvedObject");
        if (involved.isEmpty()) {
            involved = map(object, "regarding");
        }
        String message = text(object, "message");
        return new EventView(
                text(involved, "kind"),
                text(involved, "namespace"),
                text(involved, "name"),
                text(involved, "uid"),
                text(object, "type"),
                text(object, "reason"),
                ConditionReader.brief(message.isEmpty() ? text(object, "note") : message),
                reporter(object),
                countOf(object),
                firstOf(object),
                lastOf(object));
    }

    private static String reporter(Map<String, Object> event) {
        return Stream.of(
                        text(event, "reportingComponent"),
                        text(event, "reportingController"),
                        text(map(event, "source"), "component"),
                        text(map(event, "deprecatedSource"), "component"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The older API counts in the Event itself, the newer one in its series. */
    private static int countOf(Map<String, Object> event) {
        return Stream.of(count(event, "count"), count(map(event, "series"), "count"), count(event, "deprecatedCount"))
                .mapToInt(found -> found.orElse(1))
                .max()
                .orElse(1);
    }

    private static Optional<Instant> firstOf(Map<String, Object> event) {
        return timesOf(event).min(Instant::compareTo);
    }

    /** The newest of an Event's times. */
    static Optional<Instant> lastOf(Map<String, Object> event) {
        return timesOf(event).max(Instant::compareTo);
    }

    private static Stream<Instant> timesOf(Map<String, Object> event) {
        return Stream.of(
                        instant(event, "lastTimestamp"),
                        instant(map(event, "series"), "lastObservedTime"),
                        instant(event, "eventTime"),
                        instant(event, "deprecatedLastTimestamp"),
                        instant(event, "deprecatedFirstTimestamp"),
                        instant(event, "firstTimestamp"))
                .flatMap(Optional::stream);
    }

    /** The Lease of a controller's leader. */
    public static LeaseView lease(Map<String, Object> object) {
        return new LeaseView(
                text(map(object, "metadata"), "namespace"),
                text(map(object, "metadata"), "name"),
                instant(map(object, "spec"), "renewTime"));
    }

    /** A Deployment as a controller that targets depend on; its image shows whether it is a controller, and which. */
    public static ControllerView controller(Map<String, Object> object) {
        return ControllerReader.read(object);
    }
}
