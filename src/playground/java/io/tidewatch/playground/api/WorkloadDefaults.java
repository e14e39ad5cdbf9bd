package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The defaults of {@code apps/v1} and {@code autoscaling/v2} that an API server writes into what it is given. Behavior of an HPA and
 * rarer fields of a pod are left as they are.
 */
final class WorkloadDefaults {

    private static final int TERMINATION_GRACE = 30;
    private static final int HISTORY = 10;
    private static final int PROGRESS_DEADLINE = 600;
    private static final int FILE_MODE = 420;
    private static final int CPU_TARGET = 80;

    private WorkloadDefaults() {}

    static void fillIn(String kind, ObjectNode object) {
        ObjectNode spec = object.withObjectProperty("spec");
        switch (kind) {
            case "Deployment" -> deployment(spec);
            case "StatefulSet" -> statefulSet(spec);
            case "HorizontalPodAutoscaler" -> autoscaler(spec);
            default -> {}
        }
    }

    private static void deployment(ObjectNode spec) {
        set(spec, "replicas", 1);
        set(spec, "revisionHistoryLimit", HISTORY);
        set(spec, "progressDeadlineSeconds", PROGRESS_DEADLINE);
        ObjectNode strategy = spec.withObjectProperty("strategy");
        set(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode bounds = strategy.withObjectProperty("rollingUpdate");
            set(bounds, "maxUnavailable", "25%");
            set(bounds, "maxSurge", "25%");
        }
        pod(spec);
    }

    private static void statefulSet(ObjectNode spec) {
        set(spec, "replicas", 1);
        set(spec, "podManagementPolicy", "OrderedReady");
        set(spec, "revisionHistoryLimit", HISTORY);
        ObjectNode strategy = spec.withObjectProperty("updateStrategy");
        set(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            set(strategy.withObjectProperty("rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = spec.withObjectProperty("persistentVolumeClaimRetentionPolicy");
        set(retention, "whenDeleted", "Retain");
        set(retention, "whenScaled", "Retain");
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            if (claim instanceof ObjectNode open) {
                set(open, "apiVersion", "v1");
                set(open, "kind", "PersistentVolumeClaim");
                set(open.withObjectProperty("spec"), "volumeMode", "Filesystem");
                set(open.withObjectProperty("status"), "phase", "Pending");
            }
        }
        pod(spec);
    }

    private static void autoscaler(ObjectNode spec) {
        set(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            ObjectNode metric = spec.putArray("metrics").addObject();
            metric.put("type", "Resource");
            ObjectNode resource = metric.putObject("resource");
            resource.put("name", "cpu");
            resource.putObject("target").put("type", "Utilization").put("averageUtilization", CPU_TARGET);
        }
    }

    private static void pod(ObjectNode workload) {
        if (!(workload.path("template").path("spec") instanceof ObjectNode spec)) {
            return;
        }
        set(spec, "restartPolicy", "Always");
        set(spec, "terminationGracePeriodSeconds", TERMINATION_GRACE);
        set(spec, "dnsPolicy", "ClusterFirst");
        set(spec, "schedulerName", "default-scheduler");
        spec.withObjectProperty("securityContext");
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode open) {
                    container(open);
                }
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            for (String source : List.of("configMap", "secret")) {
                if (volume.path(source) instanceof ObjectNode open) {
                    set(open, "defaultMode", FILE_MODE);
                }
            }
        }
    }

    private static void container(ObjectNode container) {
        set(container, "terminationMessagePath", "/dev/termination-log");
        set(container, "terminationMessagePolicy", "File");
        set(container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
        container.withObjectProperty("resources");
        for (JsonNode port : container.path("ports")) {
            if (port instanceof ObjectNode open) {
                set(open, "protocol", "TCP");
            }
        }
        for (JsonNode variable : container.path("env")) {
            if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode open) {
                set(open, "apiVersion", "v1");
            }
        }
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            if (container.path(probe) instanceof ObjectNode open) {
                probe(open);
            }
        }
    }

    /** An image without a tag, or with the tag latest, is pulled each time. */
    private static String pullPolicy(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return !name.contains("@") && (!name.contains(":") || name.endsWith(":latest")) ? "Always" : "IfNotPresent";
    }

    private static void probe(ObjectNode probe) {
        set(probe, "timeoutSeconds", 1);
        set(probe, "periodSeconds", 10);
        set(probe, "successThreshold", 1);
        set(probe, "failureThreshold", 3);
        if (probe.path("httpGet") instanceof ObjectNode http) {
            set(http, "scheme", "HTTP");
        }
    }

    private static void set(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field)) {
            object.set(field, JsonNodeFactory.instance.textNode(value));
        }
    }

    private static void set(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.set(field, JsonNodeFactory.instance.numberNode(value));
        }
    }
}
