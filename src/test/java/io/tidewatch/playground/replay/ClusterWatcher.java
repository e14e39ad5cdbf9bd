package io.tidewatch.playground.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Watches a namespace and writes down what it sees in the recordings' own format. */
public final class ClusterWatcher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ANNOTATIONS = List.of(
            "rollout.argoproj.io/desired-replicas",
            "rollout.argoproj.io/revision",
            "deployment.kubernetes.io/desired-replicas",
            "deployment.kubernetes.io/max-replicas",
            "deployment.kubernetes.io/revision",
            "scale-down-deadline",
            "tidewatch.io/nudged-at");

    private record Seen(
            long version, Instant at, String kind, String name, boolean deleted, Map<String, Object> fields) {}

    private final List<Seen> seen = new ArrayList<>();
    private final TreeMap<Long, Instant> settled = new TreeMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<ResourceDefinitionContext> kinds = new ArrayList<>();
    private final KubernetesClient client;
    private final String namespace;
    private final Supplier<Instant> now;

    public ClusterWatcher(KubernetesClient client, String namespace, Supplier<Instant> now) {
        this.client = client;
        this.namespace = namespace;
        this.now = now;
        watch(client, namespace, "keda.sh", "v1alpha1", "ScaledObject", "scaledobjects");
        watch(client, namespace, "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
        watch(client, namespace, "argoproj.io", "v1alpha1", "Rollout", "rollouts");
        watch(client, namespace, "apps", "v1", "Deployment", "deployments");
        watch(client, namespace, "apps", "v1", "StatefulSet", "statefulsets");
        watch(client, namespace, "apps", "v1", "ReplicaSet", "replicasets");
        watch(client, namespace, "", "v1", "Pod", "pods");
        watch(client, namespace, "", "v1", "Event", "events");
    }

    private void watch(KubernetesClient client, String ns, String group, String version, String kind, String plural) {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
        kinds.add(context);
        watches.add(client.genericKubernetesResources(context).inNamespace(ns).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {
                see(kind, object, action == Action.DELETED);
            }

            @Override
            public void onClose(WatcherException cause) {}
        }));
    }

    /**
     * Everything that the cluster holds was written by now: a change is dated by that, however late its watch brings it.
     */
    public void settledBy(Instant instant) {
        String version =
                client.pods().inNamespace(namespace).list().getMetadata().getResourceVersion();
        synchronized (this) {
            settled.putIfAbsent(Long.parseLong(version), instant);
        }
    }

    private Instant writtenAt(Seen one) {
        Map.Entry<Long, Instant> first = settled.ceilingEntry(one.version);
        return first == null ? one.at : first.getValue();
    }

    private synchronized void see(String kind, GenericKubernetesResource object, boolean deleted) {
        seen.add(new Seen(
                Long.parseLong(object.getMetadata().getResourceVersion()),
                now.get(),
                kind,
                object.getMetadata().getName(),
                deleted,
                fields(kind, object)));
        notifyAll();
    }

    /** Waits until everything that the cluster holds has been seen; answers the newest version seen. */
    public long catchUp(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (ResourceDefinitionContext kind : kinds) {
            List<GenericKubernetesResource> live = client.genericKubernetesResources(kind)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
            awaitAll(kind.getKind(), live, deadline);
        }
        synchronized (this) {
            return seen.stream().mapToLong(Seen::version).max().orElse(0);
        }
    }

    private synchronized void awaitAll(String kind, List<GenericKubernetesResource> live, long deadline) {
        while (!hasSeen(kind, live)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("the watch of " + kind + " lags behind");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private boolean hasSeen(String kind, List<GenericKubernetesResource> live) {
        Map<String, Seen> last = new HashMap<>();
        seen.stream().filter(one -> one.kind.equals(kind)).forEach(one -> {
            if (one.deleted) {
                last.remove(one.name);
            } else {
                last.put(one.name, one);
            }
        });
        return last.size() == live.size()
                && live.stream()
                        .allMatch(one -> last.containsKey(one.getMetadata().getName())
                                && last.get(one.getMetadata().getName()).version
                                        >= Long.parseLong(one.getMetadata().getResourceVersion()));
    }

    /** The lines after version {@code from}, the state then as {@code before}. */
    public synchronized List<String> linesAfter(long from, Instant stimulus) {
        List<Seen> ordered = new ArrayList<>(seen);
        ordered.sort(Comparator.comparingLong(Seen::version));
        List<String> lines = new ArrayList<>();
        Map<String, Seen> last = new LinkedHashMap<>();
        boolean begun = false;
        for (Seen one : ordered) {
            if (!begun && one.version > from) {
                begun = true;
                last.values().stream()
                        .filter(old -> !old.kind.equals("Event"))
                        .forEach(old -> lines.add(line("before", old, "is", old.fields)));
            }
            String object = one.kind + "/" + one.name;
            if (begun) {
                change(
                        last.get(object),
                        one,
                        Duration.between(stimulus, writtenAt(one)).toMillis(),
                        lines);
            }
            if (one.deleted) {
                last.remove(object);
            } else {
                last.put(object, one);
            }
        }
        return lines;
    }

    private static void change(Seen known, Seen one, long ms, List<String> lines) {
        if (one.deleted) {
            lines.add(line(ms, one, "now", Map.of("deleted", true)));
            return;
        }
        if (known == null) {
            lines.add(line(ms, one, "is", one.fields));
            return;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        known.fields.keySet().forEach(field -> {
            if (!one.fields.containsKey(field)) {
                changed.put(field, null);
            }
        });
        one.fields.forEach((field, value) -> {
            if (!Objects.equals(value, known.fields.get(field))) {
                changed.put(field, value);
            }
        });
        if (!changed.isEmpty()) {
            lines.add(line(ms, one, "now", changed));
        }
    }

    private static String line(Object ms, Seen one, String how, Map<String, Object> fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ms", ms);
        line.put("kind", one.kind);
        line.put("name", one.kind.equals("Event") ? null : one.name);
        line.put(how, fields);
        return text(line);
    }

    private static String text(Map<String, Object> line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(String kind, GenericKubernetesResource object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> all = object.getAdditionalProperties();
        Map<String, Object> spec = map(all.get("spec"));
        Map<String, Object> status = map(all.get("status"));
        switch (kind) {
            case "ScaledObject" -> {
                fields.put("generation", object.getMetadata().getGeneration());
                put(fields, "spec.minReplicaCount", spec.get("minReplicaCount"));
                put(fields, "hpaName", status.get("hpaName"));
                fields.put("conditions", conditions(status));
            }
            case "HorizontalPodAutoscaler" -> {
                put(fields, "spec.minReplicas", spec.get("minReplicas"));
                put(fields, "currentReplicas", status.get("currentReplicas"));
                put(fields, "desiredReplicas", status.get("desiredReplicas"));
                fields.put("conditions", conditions(status));
            }
            case "Rollout" -> {
                fields.put("generation", object.getMetadata().getGeneration());
                put(fields, "spec.replicas", spec.get("replicas"));
                List.of(
                                "observedGeneration",
                                "phase",
                                "message",
                                "HPAReplicas",
                                "replicas",
                                "updatedReplicas",
                                "readyReplicas",
                                "availableReplicas",
                                "currentPodHash",
                                "stableRS",
                                "currentStepIndex",
                                "controllerPause")
                        .forEach(field -> put(fields, field, status.get(field)));
                put(fields, "blueGreen", status.get("blueGreen"));
                fields.put("conditions", conditions(status));
            }
            case "Deployment" ->
                fields.putAll(workload(
                        object,
                        List.of(
                                "observedGeneration",
                                "replicas",
                                "updatedReplicas",
                                "readyReplicas",
                                "availableReplicas",
                                "unavailableReplicas",
                                "terminatingReplicas")));
            case "StatefulSet" ->
                fields.putAll(workload(
                        object,
                        List.of(
                                "observedGeneration",
                                "replicas",
                                "updatedReplicas",
                                "readyReplicas",
                                "availableReplicas",
                                "currentReplicas",
                                "currentRevision",
                                "updateRevision")));
            case "ReplicaSet" -> {
                fields.put("generation", object.getMetadata().getGeneration());
                put(fields, "spec.replicas", spec.get("replicas"));
                List.of("observedGeneration", "replicas", "readyReplicas", "availableReplicas")
                        .forEach(field -> put(fields, field, status.get(field)));
                fields.putIfAbsent("replicas", 0);
                Map<String, Object> annotations = map(object.getMetadata().getAnnotations());
                annotations.keySet().retainAll(ANNOTATIONS);
                fields.put("annotations", annotations);
            }
            case "Pod" -> {
                put(fields, "phase", status.get("phase"));
                Object ready = conditions(status).get("Ready");
                put(fields, "ready", ready);
                fields.put("deleting", object.getMetadata().getDeletionTimestamp() != null);
            }
            default -> {
                put(fields, "on", map(all.get("involvedObject")).get("kind"));
                put(fields, "reason", all.get("reason"));
                put(fields, "message", all.get("message"));
            }
        }
        return fields;
    }

    private static Map<String, Object> workload(GenericKubernetesResource object, List<String> counters) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> status = map(object.getAdditionalProperties().get("status"));
        fields.put("generation", object.getMetadata().getGeneration());
        put(
                fields,
                "spec.replicas",
                map(object.getAdditionalProperties().get("spec")).get("replicas"));
        counters.forEach(field -> put(fields, field, status.get(field)));
        fields.put("conditions", conditions(status));
        return fields;
    }

    private static void put(Map<String, Object> fields, String field, Object value) {
        if (value != null) {
            fields.put(field, value);
        }
    }

    private static Map<String, Object> conditions(Map<String, Object> status) {
        Map<String, Object> conditions = new HashMap<>();
        if (status.get("conditions") instanceof List<?> list) {
            for (Object one : list) {
                Map<String, Object> condition = map(one);
                Object reason = condition.get("reason");
                conditions.put(
                        String.valueOf(condition.get("type")),
                        condition.get("status") + "/" + (reason == null ? "" : reason));
            }
        }
        return conditions;
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> copy.put(String.valueOf(key), inner));
        }
        return copy;
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
