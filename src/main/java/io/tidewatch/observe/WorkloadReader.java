package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.countOrZero;
import static io.tidewatch.observe.Fields.flag;
import static io.tidewatch.observe.Fields.generation;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.omittedAtZero;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.Counters;
import io.tidewatch.model.DeletedClaims;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodSelector;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the workloads of Kubernetes itself, and what is known of any other object that is scaled. */
final class WorkloadReader {

    static final String REVISION = "deployment.kubernetes.io/revision";

    /** Of a rolling update that says nothing else. */
    private static final String DEFAULT_MAX_UNAVAILABLE = "25%";

    private WorkloadReader() {}

    static DeploymentView deployment(Map<String, Object> object, ObjectMeta meta) {
        Map<String, Object> spec = map(object, "spec");
        Map<String, Object> status = map(object, "status");
        return new DeploymentView(
                meta,
                count(spec, "replicas"),
                flag(spec, "paused"),
                maxUnavailable(map(spec, "strategy")),
                countOrZero(spec, "minReadySeconds"),
                meta.annotation(REVISION).orElse(""),
                selector(spec),
                generation(status, "observedGeneration"),
                counters(status),
                ConditionReader.all(object));
    }

    private static Optional<String> maxUnavailable(Map<String, Object> strategy) {
        if (text(strategy, "type").equals("Recreate")) {
            return Optional.empty();
        }
        String written = text(map(strategy, "rollingUpdate"), "maxUnavailable");
        return Optional.of(written.isEmpty() ? DEFAULT_MAX_UNAVAILABLE : written);
    }

    static StatefulSetView statefulSet(Map<String, Object> object, ObjectMeta meta) {
        Map<String, Object> spec = map(object, "spec");
        Map<String, Object> status = map(object, "status");
        Map<String, Object> strategy = map(spec, "updateStrategy");
        Map<String, Object> rolling = map(strategy, "rollingUpdate");
        return new StatefulSetView(
                meta,
                count(spec, "replicas"),
                text(spec, "podManagementPolicy").equals("Parallel"),
                firstOrdinal(spec),
                new StatefulSetView.Update(
                        text(strategy, "type").equals("OnDelete"),
                        Math.max(0, countOrZero(rolling, "partition")),
                        text(rolling, "maxUnavailable")),
                countOrZero(spec, "minReadySeconds"),
                deletedClaims(spec, meta.name()),
                selector(spec),
                generation(status, "observedGeneration"),
                text(status, "currentRevision"),
                text(status, "updateRevision"),
                counters(status),
                ConditionReader.all(object),
                needs(spec));
    }

    private static DeletedClaims deletedClaims(Map<String, Object> spec, String name) {
        boolean deletes = text(map(spec, "persistentVolumeClaimRetentionPolicy"), "whenScaled")
                .equals("Delete");
        List<String> templates = deletes
                ? list(spec, "volumeClaimTemplates").stream()
                        .map(template -> text(map(map(template), "metadata"), "name"))
                        .filter(written -> !written.isEmpty())
                        .toList()
                : List.of();
        return new DeletedClaims(name, firstOrdinal(spec), templates);
    }

    private static int firstOrdinal(Map<String, Object> spec) {
        return Math.max(0, countOrZero(map(spec, "ordinals"), "start"));
    }

    private static Optional<PodNeeds> needs(Map<String, Object> spec) {
        Map<String, Object> template = map(spec, "template", "spec");
        return template.isEmpty() ? Optional.empty() : Optional.of(PodNeedsReader.read(template));
    }

    static ScaleTargetView scaleTarget(Map<String, Object> object, ObjectMeta meta) {
        return new ScaleTargetView(
                meta,
                WorkloadKind.of(text(object, "apiVersion"), text(object, "kind")),
                text(object, "apiVersion"),
                count(map(object, "spec"), "replicas"),
                count(map(object, "status"), "replicas"));
    }

    private static PodSelector selector(Map<String, Object> spec) {
        Map<String, String> labels = new TreeMap<>();
        map(spec, "selector", "matchLabels").forEach((key, value) -> {
            if (key != null && value != null) {
                labels.put(key, value.toString());
            }
        });
        return new PodSelector(labels);
    }

    private static Counters counters(Map<String, Object> status) {
        return new Counters(
                omittedAtZero(status, "replicas", "readyReplicas"),
                omittedAtZero(status, "replicas", "readyReplicas"),
                countOrZero(status, "updatedReplicas"),
                omittedAtZero(status, "readyReplicas", "availableReplicas"),
                countOrZero(status, "availableReplicas"));
    }
}
