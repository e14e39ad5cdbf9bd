package io.tidewatch.loop;

import io.tidewatch.model.Commit;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** What Git declares of one target, and what an API server makes of that once it has been applied. */
record Manifests(String namespace, String name) {

    String text() {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: NAME, namespace: TEAM, labels: {app: NAME, team: TEAM}}
                spec:
                  revisionHistoryLimit: 3
                  progressDeadlineSeconds: 600
                  selector: {matchLabels: {app: NAME}}
                  strategy:
                    canary: {maxSurge: 25%, maxUnavailable: 0}
                  template:
                    metadata: {labels: {app: NAME, team: TEAM}, annotations: {prometheus.io/scrape: "true"}}
                    spec:
                      serviceAccountName: NAME
                      terminationGracePeriodSeconds: 30
                      containers:
                        - name: app
                          image: registry.example.com/shop/NAME:1.42.0
                          ports: [{containerPort: 8080, name: http, protocol: TCP}]
                          env:
                            - {name: JAVA_OPTS, value: "-Xmx512m"}
                            - {name: PROFILE, value: production}
                          resources:
                            requests: {cpu: 500m, memory: 768Mi}
                            limits: {memory: 1Gi}
                          readinessProbe:
                            httpGet: {path: /ready, port: http}
                            periodSeconds: 5
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: NAME, namespace: TEAM, labels: {team: TEAM}}
                spec:
                  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: NAME}
                  minReplicaCount: 4
                  maxReplicaCount: 20
                  cooldownPeriod: 300
                  triggers:
                    - type: cpu
                      metricType: Utilization
                      metadata: {value: "70"}
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: NAME-night, namespace: TEAM}
                spec:
                  scaledObjectRef: {name: NAME}
                  timeZone: Europe/Berlin
                  windows:
                    - {name: night, start: "0 18 * * *", end: "0 2 * * *", minReplicas: 7}
                    - {name: lunch, start: "0 12 * * *", duration: 1h, minReplicas: 5}
                """.replace("NAME", name).replace("TEAM", namespace);
    }

    /** The live object with all that its manifest says, as applied by us. */
    Map<String, Object> live(Map<String, Object> dumped, Commit commit, Instant at) {
        Map<String, Object> live = new LinkedHashMap<>(dumped);
        Map<String, Object> declared = declared(String.valueOf(dumped.get("kind")));
        boolean scaled = declared.get("kind").equals("ScaledObject");
        Map<String, Object> spec = merged(map(dumped.get("spec")), map(declared.get("spec")));
        if (scaled) {
            spec.put("minReplicaCount", 7);
        }
        live.put("spec", spec);
        Map<String, Object> meta = merged(map(dumped.get("metadata")), map(declared.get("metadata")));
        Map<String, Object> owned = new LinkedHashMap<>(declared);
        if (scaled) {
            Map<String, Object> annotations = new LinkedHashMap<>(map(meta.getOrDefault("annotations", Map.of())));
            annotations.putAll(memory(commit, at));
            meta.put("annotations", annotations);
            owned.put("metadata", merged(map(declared.get("metadata")), Map.of("annotations", memory(commit, at))));
        }
        meta.put(
                "managedFields",
                List.of(
                        entry(
                                FieldManagers.TIDEWATCH,
                                "Apply",
                                Map.of("spec", owned.get("spec"), "metadata", without(owned))),
                        entry("keda", "Update", Map.of("metadata", Map.of("finalizers", Map.of())))));
        live.put("metadata", meta);
        return live;
    }

    private static Map<String, Object> without(Map<String, Object> object) {
        Map<String, Object> meta = new LinkedHashMap<>(map(object.get("metadata")));
        meta.remove("name");
        meta.remove("namespace");
        return meta;
    }

    private Map<String, Object> memory(Commit commit, Instant at) {
        return Map.of(
                Annotations.INSTANCE, "bench",
                Annotations.SOURCE, commit.source(),
                Annotations.SCHEDULE, namespace + "/" + name + "-night",
                Annotations.WINDOW, "night@2026-11-23T17:00:00Z",
                Annotations.BASELINE, "4..20",
                Annotations.APPLIED, "7..20",
                Annotations.APPLIED_AT, "2026-11-23T17:15:12Z",
                Annotations.COMMIT, commit.id());
    }

    private Map<String, Object> declared(String kind) {
        for (Object document : new Yaml().loadAll(text())) {
            if (kind.equals(map(document).get("kind"))) {
                return map(document);
            }
        }
        throw new IllegalStateException(kind);
    }

    private static Map<String, Object> entry(String manager, String operation, Map<String, Object> content) {
        return Map.of(
                "manager", manager, "operation", operation, "fieldsType", "FieldsV1", "fieldsV1", fields(content));
    }

    private static Map<String, Object> fields(Map<String, Object> content) {
        Map<String, Object> fields = new LinkedHashMap<>();
        content.forEach((key, value) ->
                fields.put("f:" + key, value instanceof Map<?, ?> ? fields(map(value)) : Map.of()));
        return fields;
    }

    private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> all = new LinkedHashMap<>(below);
        above.forEach((key, value) -> all.put(
                key,
                value instanceof Map<?, ?> && all.get(key) instanceof Map<?, ?>
                        ? merged(map(all.get(key)), map(value))
                        : value));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
