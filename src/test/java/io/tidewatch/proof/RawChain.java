package io.tidewatch.proof;

import static io.tidewatch.proof.Raw.at;
import static io.tidewatch.proof.Raw.count;
import static io.tidewatch.proof.Raw.isTrue;
import static io.tidewatch.proof.Raw.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One target's objects, linked by names and owner uids. */
final class RawChain {
    private static final String HASH = "rollouts-pod-template-hash";
    static final List<String> FOLLOWED = List.of("Rollout", "Deployment", "StatefulSet");
    private static final Map<String, String> GROUPS =
            Map.of("Rollout", "argoproj.io", "Deployment", "apps", "StatefulSet", "apps", "ReplicaSet", "apps");

    private final List<Map<String, Object>> objects;
    private final String namespace;
    final Optional<Object> scaledObject;
    final String kind;
    final Optional<Object> workload;
    final Optional<Object> rollout;
    final Optional<Object> hpa;

    RawChain(List<Map<String, Object>> objects, String namespace, String name) {
        this.objects = objects;
        this.namespace = namespace;
        scaledObject = named("ScaledObject", name);
        Optional<Object> hpaOfName = named("HorizontalPodAutoscaler", name);
        Optional<Object> autoscaler = scaledObject.or(() -> hpaOfName);
        if (autoscaler.isPresent()) {
            kind = kindOf(autoscaler.get());
            workload = named(kind, text(autoscaler.get(), "spec", "scaleTargetRef", "name"))
                    .filter(found -> isOfItsGroup(autoscaler.get(), found));
            hpa = scaledObject.isPresent() ? scaledObject.flatMap(this::hpaOf) : hpaOfName;
        } else {
            kind = FOLLOWED.stream()
                    .filter(one -> named(one, name).isPresent())
                    .findFirst()
                    .orElse("");
            workload = kind.isEmpty() ? Optional.empty() : named(kind, name);
            hpa = hpaFor(kind, name);
        }
        rollout = workload.filter(found -> kind.equals("Rollout"));
    }

    private static String kindOf(Object autoscaler) {
        String written = text(autoscaler, "spec", "scaleTargetRef", "kind");
        String apiVersion = text(autoscaler, "spec", "scaleTargetRef", "apiVersion");
        return inGroup(
                apiVersion.isEmpty() ? "apps/v1" : apiVersion,
                written.isEmpty() && text(autoscaler, "kind").equals("ScaledObject") ? "Deployment" : written);
    }

    /** A kind that is known by its name has had its group compared with it. */
    private static boolean isOfItsGroup(Object autoscaler, Object found) {
        String asked = text(autoscaler, "spec", "scaleTargetRef", "apiVersion");
        return GROUPS.containsKey(text(found, "kind"))
                || groupOf(asked.isEmpty() ? "apps/v1" : asked).equals(groupOf(text(found, "apiVersion")));
    }

    private static String groupOf(String apiVersion) {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    /** Another group's kind of a known name is another kind. */
    private static String inGroup(String apiVersion, String kind) {
        String group = groupOf(apiVersion);
        return GROUPS.getOrDefault(kind, group).equals(group) ? kind : kind + "." + group;
    }

    private static boolean isOf(String kind, Object object) {
        String apiVersion = text(object, "apiVersion");
        String written = text(object, "kind");
        return kind.equals(apiVersion.contains("/") ? inGroup(apiVersion, written) : written);
    }

    private Optional<Object> hpaOf(Object found) {
        String stated = text(found, "status", "hpaName");
        String asked = text(found, "spec", "advanced", "horizontalPodAutoscalerConfig", "name");
        String usual = "keda-hpa-" + text(found, "metadata", "name");
        return named("HorizontalPodAutoscaler", !stated.isEmpty() ? stated : !asked.isEmpty() ? asked : usual)
                .or(() -> labelled(found));
    }

    /** KEDA's label, on an HPA of the same target. */
    private Optional<Object> labelled(Object scaledObject) {
        return all("HorizontalPodAutoscaler").stream()
                .filter(one -> text(one, "metadata", "labels", "scaledobject.keda.sh/name")
                        .equals(text(scaledObject, "metadata", "name")))
                .filter(one -> text(one, "spec", "scaleTargetRef", "name")
                        .equals(text(scaledObject, "spec", "scaleTargetRef", "name")))
                .reduce((earlier, later) -> later);
    }

    private Optional<Object> hpaFor(String kind, String workloadName) {
        return all("HorizontalPodAutoscaler").stream()
                .filter(one -> kindOf(one).equals(kind))
                .filter(one -> text(one, "spec", "scaleTargetRef", "name").equals(workloadName))
                .reduce((earlier, later) -> later);
    }

    List<Object> all(String kind) {
        return objects.stream()
                .filter(object -> isOf(kind, object))
                .filter(object -> namespaceOf(object).equals(namespace))
                .map(Object.class::cast)
                .toList();
    }

    private static String namespaceOf(Object object) {
        String written = text(object, "metadata", "namespace");
        return written.isEmpty() ? "default" : written;
    }

    private Optional<Object> named(String kind, String name) {
        return all(kind).stream()
                .filter(object -> text(object, "metadata", "name").equals(name))
                .reduce((earlier, later) -> later);
    }

    /** ReplicaSets that the workload controls by uid. */
    List<Object> sets() {
        return workload.map(found -> owned(objects("ReplicaSet"), found)).orElse(List.of()).stream()
                .filter(set -> !hash(set).isEmpty())
                .toList();
    }

    List<Object> pods(Object set) {
        return owned(objects("Pod"), set);
    }

    /** In any namespace. */
    List<Object> objects(String kind) {
        return objects.stream()
                .filter(object -> isOf(kind, object))
                .map(Object.class::cast)
                .toList();
    }

    private static List<Object> owned(List<Object> all, Object owner) {
        String uid = text(owner, "metadata", "uid");
        return all.stream()
                .filter(one -> !uid.isEmpty() && uid.equals(controller(one)))
                .toList();
    }

    private static String controller(Object object) {
        return Raw.list(object, "metadata", "ownerReferences").stream()
                .filter(reference -> isTrue(reference, "controller")
                        && !text(reference, "uid").isEmpty())
                .map(reference -> text(reference, "uid"))
                .findFirst()
                .orElse("");
    }

    /** The controller takes a pod for a member by its whole name; NaN for any other. */
    static double ordinal(Object statefulSet, Object pod) {
        String prefix = text(statefulSet, "metadata", "name") + "-";
        String name = text(pod, "metadata", "name");
        String end = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return end.matches("[0-9]{1,9}") ? Double.parseDouble(end) : Double.NaN;
    }

    static String hash(Object set) {
        String hash = text(set, "metadata", "labels", HASH);
        return hash.isEmpty() ? text(set, "metadata", "labels", "pod-template-hash") : hash;
    }

    /** The API server writes a default into each Deployment and StatefulSet; the Rollouts controller, before its status, into a Rollout. */
    double replicas() {
        if (FOLLOWED.contains(kind)) {
            Object found = workload.orElseThrow();
            boolean isUnseen = rollout.isPresent() && at(found, "status", "observedGeneration") == null;
            return count(isUnseen ? 1 : Double.NaN, found, "spec", "replicas");
        }
        return workload.filter(found -> at(found, "spec", "replicas") != null)
                .map(found -> count(Double.NaN, found, "spec", "replicas"))
                .orElseGet(() -> hpa.map(found -> count(Double.NaN, found, "status", "currentReplicas"))
                        .orElse(Double.NaN));
    }

    Object status() {
        return Optional.ofNullable(at(rollout.orElseThrow(), "status")).orElse(Map.of());
    }

    boolean isPromoted() {
        String stable = text(status(), "stableRS");
        return !stable.isEmpty() && stable.equals(text(status(), "currentPodHash"));
    }

    boolean isBlueGreen() {
        return at(rollout.orElseThrow(), "spec", "strategy", "blueGreen") instanceof Map;
    }

    Optional<Object> set(String hash) {
        return sets().stream()
                .filter(one -> !hash.isEmpty() && hash(one).equals(hash))
                .findFirst();
    }

    static double spec(Object set) {
        return count(Double.NaN, set, "spec", "replicas");
    }

    static double has(Object set) {
        return count(0, set, "status", "replicas");
    }

    static double ready(Object set) {
        return count(0, set, "status", "readyReplicas");
    }

    static double available(Object set) {
        return count(0, set, "status", "availableReplicas");
    }
}
