package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What KEDA's operator writes for a ScaledObject: its HPA, its status, its Events (KEDA 2.20). */
final class KedaSync {
    private static final int DEFAULT_MAX = 100;
    private static final String FINALIZER = "finalizer.keda.sh";
    private static final String NAME_LABEL = "scaledobject.keda.sh/name";

    private final Live scaledObject;
    private final Optional<Live> hpa;
    private final Optional<ScaleTarget> ref;
    private final Optional<Live> target;
    private final TriggerState triggerState;
    private final List<Write> writes = new ArrayList<>();

    private KedaSync(Live scaledObject, Optional<Live> hpa, Optional<Live> target, TriggerState triggerState) {
        this.scaledObject = scaledObject;
        this.hpa = hpa;
        this.ref = ScaleTarget.of(scaledObject);
        this.target = target;
        this.triggerState = triggerState;
    }

    static String hpaName(Live scaledObject) {
        String given = scaledObject.text("spec", "advanced", "horizontalPodAutoscalerConfig", "name");
        return given.isEmpty() ? "keda-hpa-" + scaledObject.name() : given;
    }

    /**
     * @param hpa what exists under the HPA's name
     * @param target the object to scale; while it is missing there is no HPA (seen: Ready=False)
     */
    static List<Write> decide(Live scaledObject, Optional<Live> hpa, Optional<Live> target, TriggerState trigger) {
        return new KedaSync(scaledObject, hpa, target, trigger).decide();
    }

    private List<Write> decide() {
        if (scaledObject.deleting()) {
            return release();
        }
        if (KedaAnnotations.isPaused(scaledObject)) {
            return pause();
        }
        if (ref.isEmpty() || target.isEmpty()) {
            return fail("ScaledObject doesn't have correct scaleTargetRef specification: "
                    + ref.map(one -> one.quoted() + " not found")
                            .orElseGet(() -> "no matches for kind \""
                                    + scaledObject.text("spec", "scaleTargetRef", "kind") + "\""));
        }
        adopt();
        if (!isTriggerReadable()) {
            return fail(
                    "failed to ensure HPA is correctly created for ScaledObject: error parsing metric API metadata: "
                            + "unable to set param \"targetValue\" value \"" + targetValue() + "\"");
        }
        formerHpa().ifPresent(former -> writes.add(new Write.Delete(Kind.HPA, former)));
        Map<String, Object> desired = hpaSpec(ref.get());
        if (hpa.isEmpty()) {
            announceScalers();
            writes.add(new Write.Create(Kind.HPA, scaledObject.key().namespace(), newHpa(desired)));
        } else {
            Map<String, Object> patch = Fields.mergePatch(hpa.get().map("spec"), desired);
            if (!patch.isEmpty()) {
                announceScalers();
                writes.add(new Write.Patch(Kind.HPA, hpa.get().key(), Map.of("spec", patch)));
            }
        }
        status(KedaStatus.ready(triggerState, KedaAnnotations.isScaleInPaused(scaledObject)));
        KedaScaling.of(scaledObject, ref.get(), target.get(), triggerState).ifPresent(writes::add);
        return writes;
    }

    /** The HPA under the name that counted before: it goes where the ScaledObject names another one. */
    private Optional<ObjectKey> formerHpa() {
        return scaledObject
                .at("status", "hpaName")
                .map(Object::toString)
                .filter(name -> !name.isEmpty() && !name.equals(hpaName(scaledObject)))
                .map(name -> new ObjectKey(scaledObject.key().namespace(), name));
    }

    /** The HPA goes, so a minimum does nothing; paused-replicas are written once and for all. */
    private List<Write> pause() {
        hpa.ifPresent(one -> writes.add(new Write.Delete(Kind.HPA, one.key())));
        status(KedaStatus.ready(triggerState, true));
        target.flatMap(found -> KedaAnnotations.pausedReplicas(scaledObject)
                        .filter(paused -> found.integerOr(1, "spec", "replicas") != paused)
                        .flatMap(paused -> ref.map(one -> one.scaledTo(paused))))
                .ifPresent(writes::add);
        return writes;
    }

    private List<Write> fail(String why) {
        int before = writes.size();
        status(KedaStatus.failed(why));
        if (writes.size() > before) {
            String reason = target.isPresent() ? "KEDAScalerFailed" : "ScaledObjectCheckFailed";
            writes.add(Write.Announce.warning(Kind.SCALED_OBJECT, scaledObject, reason, why));
        }
        return writes;
    }

    private boolean isTriggerReadable() {
        return targetValue().isEmpty() || targetValue().matches("-?\\d+(\\.\\d+)?");
    }

    private String targetValue() {
        return scaledObject.maps("spec", "triggers").stream()
                .findFirst()
                .flatMap(trigger -> Fields.at(trigger, "metadata", "targetValue"))
                .map(Object::toString)
                .orElse("");
    }

    /** Removes the finalizer of a deleted ScaledObject. The owner reference deletes its HPA. */
    private List<Write> release() {
        hpa.ifPresent(one -> writes.add(new Write.Delete(Kind.HPA, one.key())));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("finalizers", null);
        writes.add(new Write.Patch(Kind.SCALED_OBJECT, scaledObject.key(), Map.of("metadata", metadata)));
        return writes;
    }

    private void adopt() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!scaledObject.object().getMetadata().getFinalizers().contains(FINALIZER)) {
            metadata.put("finalizers", List.of(FINALIZER));
        }
        if (!scaledObject.name().equals(scaledObject.labels().get(NAME_LABEL))) {
            metadata.put("labels", Map.of(NAME_LABEL, scaledObject.name()));
        }
        if (!metadata.isEmpty()) {
            writes.add(new Write.Patch(Kind.SCALED_OBJECT, scaledObject.key(), Map.of("metadata", metadata)));
        }
    }

    private void announceScalers() {
        String type = trigger("type");
        announce("KEDAScalersStarted", "Scaler " + type + " is built");
        if (hpa.isEmpty()) {
            announce("KEDAScalersStarted", "Started scalers watch");
            announce("ScaledObjectReady", "ScaledObject is ready for scaling");
        }
    }

    private void announce(String reason, String message) {
        writes.add(Write.Announce.normal(Kind.SCALED_OBJECT, scaledObject, reason, message));
    }

    private String trigger(String field) {
        return scaledObject.maps("spec", "triggers").stream()
                .findFirst()
                .flatMap(trigger -> Fields.at(trigger, field))
                .map(Object::toString)
                .orElse("cron");
    }

    private String metricName() {
        return "s0-" + trigger("type").replace("metrics-api", "metric-api-value");
    }

    private Map<String, Object> hpaSpec(ScaleTarget scaled) {
        Map<String, Object> spec = Fields.tree(
                "minReplicas", Math.max(1, scaledObject.integer("spec", "minReplicaCount")),
                "maxReplicas", scaledObject.integerOr(DEFAULT_MAX, "spec", "maxReplicaCount"),
                "metrics", List.of(metric()),
                "scaleTargetRef",
                        Map.of(
                                "apiVersion", scaled.kind().apiVersion(),
                                "kind", scaled.kind().kindName(),
                                "name", scaled.key().name()));
        Map<String, Object> behavior =
                scaledObject.map("spec", "advanced", "horizontalPodAutoscalerConfig", "behavior");
        if (KedaAnnotations.isScaleInPaused(scaledObject)) {
            behavior = new LinkedHashMap<>(behavior);
            behavior.put("scaleDown", Map.of("selectPolicy", "Disabled"));
        }
        if (!behavior.isEmpty()) {
            spec.put("behavior", behavior);
        }
        return spec;
    }

    private Map<String, Object> metric() {
        Map<String, Object> name = Map.of(
                "name", metricName(), "selector", Map.of("matchLabels", Map.of(NAME_LABEL, scaledObject.name())));
        return Map.of(
                "type",
                "External",
                "external",
                Map.of("metric", name, "target", Map.of("type", "AverageValue", "averageValue", "10")));
    }

    private Map<String, Object> newHpa(Map<String, Object> spec) {
        String name = hpaName(scaledObject);
        Map<String, Object> labels = Map.of(
                "app.kubernetes.io/managed-by",
                "keda-operator",
                "app.kubernetes.io/name",
                name,
                "app.kubernetes.io/part-of",
                scaledObject.name(),
                "app.kubernetes.io/version",
                ControllerDeployments.KEDA_VERSION,
                NAME_LABEL,
                scaledObject.name());
        return Map.of(
                "apiVersion", Kind.HPA.apiVersion(),
                "kind", Kind.HPA.kindName(),
                "metadata",
                        Map.of(
                                "name",
                                name,
                                "namespace",
                                scaledObject.key().namespace(),
                                "labels",
                                labels,
                                "ownerReferences",
                                List.of(ReplicaSetTemplate.owner(Kind.SCALED_OBJECT, scaledObject))),
                "spec", spec);
    }

    private void status(List<Object> conditions) {
        Map<String, Object> before = scaledObject.map("status");
        Map<String, Object> after = new LinkedHashMap<>(before);
        target.ifPresent(found -> {
            after.put("hpaName", hpaName(scaledObject));
            after.put("externalMetricNames", List.of(metricName()));
            ref.ifPresent(one -> after.put(
                    "scaleTargetKind",
                    one.kind().apiVersion() + "." + one.kind().kindName()));
            after.putIfAbsent("originalReplicaCount", found.integerOr(1, "spec", "replicas"));
            after.put("triggersTypes", trigger("type"));
        });
        after.put("conditions", conditions);
        Map<String, Object> patch = Fields.mergePatch(before, after);
        if (!patch.isEmpty()) {
            writes.add(new Write.PatchStatus(Kind.SCALED_OBJECT, scaledObject.key(), patch));
        }
    }
}
