package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.countOrZero;
import static io.tidewatch.observe.Fields.flag;
import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.omittedAtZero;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.UpdateAttempt;
import io.tidewatch.model.cluster.WorkloadRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Rollout; the strategy from the spec, since its status always holds both. */
final class RolloutReader {

    private static final String DEFAULT_MAX_UNAVAILABLE = "25%";

    private RolloutReader() {}

    static RolloutView read(Map<String, Object> object, ObjectMeta meta) {
        Map<String, Object> spec = map(object, "spec");
        return new RolloutView(
                meta,
                count(spec, "replicas"),
                strategy(map(spec, "strategy")),
                flag(spec, "paused"),
                workloadRef(map(spec, "workloadRef"), meta),
                count(spec, "progressDeadlineSeconds"),
                countOrZero(spec, "minReadySeconds"),
                images(map(spec, "template", "spec")),
                podLabels(object),
                status(object));
    }

    private static Optional<WorkloadRef> workloadRef(Map<String, Object> reference, ObjectMeta meta) {
        return reference.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadRef(
                        WorkloadKind.referred(text(reference, "apiVersion"), text(reference, "kind")),
                        meta.namespace(),
                        text(reference, "name")));
    }

    private static Strategy strategy(Map<String, Object> strategy) {
        if (strategy.get("blueGreen") instanceof Map) {
            Map<String, Object> blueGreen = map(strategy, "blueGreen");
            return new Strategy.BlueGreen(
                    !text(blueGreen, "previewService").isEmpty(), count(blueGreen, "previewReplicaCount"));
        }
        Map<String, Object> canary = map(strategy, "canary");
        String maxUnavailable = text(canary, "maxUnavailable");
        return new Strategy.Canary(
                maxUnavailable.isEmpty() ? DEFAULT_MAX_UNAVAILABLE : maxUnavailable,
                !map(canary, "trafficRouting").isEmpty(),
                flag(canary, "dynamicStableScale"),
                list(canary, "steps").size());
    }

    private static Map<String, String> podLabels(Map<String, Object> object) {
        Map<String, String> labels = new HashMap<>();
        map(object, "spec", "template", "metadata", "labels")
                .forEach((key, value) -> labels.put(Vocabulary.shared(key), Vocabulary.shared(String.valueOf(value))));
        if (labels.isEmpty()) {
            for (String one : text(map(object, "status"), "selector").split(",", -1)) {
                int equals = one.indexOf('=');
                if (equals > 0) {
                    labels.put(
                            Vocabulary.shared(one.substring(0, equals)), Vocabulary.shared(one.substring(equals + 1)));
                }
            }
        }
        return labels;
    }

    private static List<String> images(Map<String, Object> podSpec) {
        return list(podSpec, "containers").stream()
                .map(container -> text(map(container), "image"))
                .filter(image -> !image.isEmpty())
                .toList();
    }

    private static RolloutView.Status status(Map<String, Object> object) {
        Map<String, Object> status = map(object, "status");
        Map<String, Object> blueGreen = map(status, "blueGreen");
        return new RolloutView.Status(
                text(status, "observedGeneration"),
                text(status, "workloadObservedGeneration"),
                text(status, "phase"),
                ConditionReader.brief(text(status, "message")),
                counters(status),
                text(status, "currentPodHash"),
                text(status, "stableRS"),
                text(blueGreen, "activeSelector"),
                text(blueGreen, "previewSelector"),
                flag(status, "abort"),
                flag(status, "controllerPause"),
                list(status, "pauseConditions").stream()
                        .map(pause -> text(map(pause), "reason"))
                        .toList(),
                count(status, "currentStepIndex"),
                restarting(object),
                instant(map(object, "spec"), "restartAt"),
                attempt(map(status, "duration")),
                ConditionReader.all(object));
    }

    /** Without a start it says nothing. */
    private static Optional<UpdateAttempt> attempt(Map<String, Object> duration) {
        return instant(duration, "rolloutStartedAt")
                .map(started -> new UpdateAttempt(
                        started,
                        instant(duration, "finishedAt").filter(finished -> !finished.isBefore(started)),
                        text(duration, "completionStatus")));
    }

    private static Counters counters(Map<String, Object> status) {
        return new Counters(
                omittedAtZero(status, "HPAReplicas", "readyReplicas"),
                omittedAtZero(status, "replicas", "HPAReplicas"),
                countOrZero(status, "updatedReplicas"),
                omittedAtZero(status, "readyReplicas", "availableReplicas"),
                countOrZero(status, "availableReplicas"));
    }

    private static boolean restarting(Map<String, Object> object) {
        Optional<Instant> requested = instant(map(object, "spec"), "restartAt");
        return requested.isPresent() && !requested.equals(instant(map(object, "status"), "restartedAt"));
    }
}
