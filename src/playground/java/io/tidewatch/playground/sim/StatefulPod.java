package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod of a StatefulSet. */
record StatefulPod(Live live) {
    static final String REVISION = "controller-revision-hash";

    /** What follows the last dash of its name. */
    int ordinal() {
        return Integer.parseInt(live.name().substring(live.name().lastIndexOf('-') + 1));
    }

    String revision() {
        return live.labels().getOrDefault(REVISION, "");
    }

    boolean isReady() {
        return live.text("status", "phase").equals("Running") && Pods.isReady(live);
    }

    boolean isAvailable(StatefulSetView set, Instant now) {
        return isReady() && Pods.isAvailable(live, set.minReadySeconds(), now);
    }

    Optional<Duration> untilAvailable(StatefulSetView set, Instant now) {
        return isReady() ? Pods.untilAvailable(live, set.minReadySeconds(), now) : Optional.empty();
    }

    boolean isEnded() {
        return live.text("status", "phase").equals("Failed")
                || live.text("status", "phase").equals("Succeeded");
    }

    static String claimName(Map<String, Object> claimTemplate, String pod) {
        return Fields.at(claimTemplate, "metadata", "name").orElse("") + "-" + pod;
    }

    /** The pod of this ordinal, made from a revision's template. */
    static Map<String, Object> of(StatefulSetView set, int ordinal, String revision, Map<String, Object> template) {
        String name = set.name() + "-" + ordinal;
        Map<String, Object> meta = Fields.map(Fields.at(template, "metadata").orElse(Map.of()));
        Map<String, Object> labels = Fields.map(meta.getOrDefault("labels", Map.of()));
        labels.put("apps.kubernetes.io/pod-index", "" + ordinal);
        labels.put(REVISION, revision);
        labels.put("statefulset.kubernetes.io/pod-name", name);
        meta.put("labels", labels);
        meta.put("name", name);
        meta.put("generateName", set.name() + "-");
        meta.put("namespace", set.live().key().namespace());
        meta.put("ownerReferences", List.of(ReplicaSetTemplate.owner(Kind.STATEFUL_SET, set.live())));
        Map<String, Object> spec = Fields.map(Fields.at(template, "spec").orElse(Map.of()));
        spec.put("hostname", name);
        spec.put("subdomain", set.live().text("spec", "serviceName"));
        List<Object> volumes = volumes(set, spec, name);
        if (!volumes.isEmpty()) {
            spec.put("volumes", volumes);
        }
        return Fields.tree(
                "apiVersion", Kind.POD.apiVersion(),
                "kind", Kind.POD.kindName(),
                "metadata", meta,
                "spec", spec,
                "status", Map.of("phase", "Pending"));
    }

    /** A claim takes the place of a volume of its name. */
    private static List<Object> volumes(StatefulSetView set, Map<String, Object> spec, String pod) {
        List<Object> volumes = new ArrayList<>();
        List<Object> claimed = new ArrayList<>();
        set.claimTemplates().forEach(claim -> {
            Object name = Fields.at(claim, "metadata", "name").orElse("");
            claimed.add(name);
            volumes.add(Map.of("name", name, "persistentVolumeClaim", Map.of("claimName", claimName(claim, pod))));
        });
        Fields.maps(spec.getOrDefault("volumes", List.of())).stream()
                .filter(volume -> !claimed.contains(volume.get("name")))
                .forEach(volumes::add);
        return volumes;
    }

    /** The claims of the pod of this ordinal. */
    static List<Map<String, Object>> claims(StatefulSetView set, int ordinal) {
        String pod = set.name() + "-" + ordinal;
        List<Map<String, Object>> claims = new ArrayList<>();
        set.claimTemplates().forEach(template -> {
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("name", claimName(template, pod));
            meta.put("namespace", set.live().key().namespace());
            meta.put("labels", set.live().map("spec", "selector", "matchLabels"));
            if (set.deletesClaims("whenDeleted")) {
                meta.put("ownerReferences", List.of(ReplicaSetTemplate.owner(Kind.STATEFUL_SET, set.live())));
            }
            claims.add(Map.of(
                    "apiVersion",
                    Kind.CLAIM.apiVersion(),
                    "kind",
                    Kind.CLAIM.kindName(),
                    "metadata",
                    meta,
                    "spec",
                    Fields.at(template, "spec").orElse(Map.of())));
        });
        return claims;
    }
}
